#include "stored_files.h"

namespace c10k::storage_names_test {
namespace {

using stored_files::Files;

const std::string_view kGoodNames[] = {
    "a",
    "A",
    "a.b",
    "a..",
    "~",
    " ",
    "a b c",
    "-rf",
    "*?\"'\\$",
    "\xc3\xbc.txt",
    "\xc2\x80",
    "\xdf\xbf",
    "\xe0\xa0\x80",
    "\xed\x9f\xbf",
    "\xee\x80\x80",
    "\xef\xbf\xbf",
    "\xf0\x90\x80\x80",
    "\xf0\x9f\x98\x80",
    "\xf4\x8f\xbf\xbf",
    "a\xf0\x9f\x98\x80z",
};

const std::string_view kBadNames[] = {
    "",
    ".",
    "..",
    ".x",
    "...",
    "/",
    "/x",
    "a/b",
    "a/",
    "../a",
    // Control characters.
    std::string_view("\0", 1),
    std::string_view("a\0b", 3),
    std::string_view("a\0", 2),
    "a\nb",
    "\t",
    "a\r",
    "\x1f",
    "\x7f",
    "a\x7f",
    // Overlong forms, also of a slash and of NUL.
    "\xc0\x80",
    "\xc0\xaf",
    "\xc1\xbf",
    "\xe0\x80\xaf",
    "\xe0\x9f\xbf",
    "\xf0\x80\x80\xaf",
    "\xf0\x8f\xbf\xbf",
    // Surrogates.
    "\xed\xa0\x80",
    "\xed\xbf\xbf",
    // Above U+10FFFF.
    "\xf4\x90\x80\x80",
    "\xf5\x80\x80\x80",
    "\xf8\x88\x80\x80\x80",
    "\xff",
    "\xfe",
    // Cut, and without a first byte.
    "\xc3",
    "a\xc3",
    "\xc3z",
    "\xe2\x82",
    "\xe2\x82z",
    "\xe2z\x82",
    "\xf0\x9f\x98",
    "\xf0\x9f\x98z",
    "\x80",
    "a\xbfz",
    "\xc3\xbc\x80",
};

TEST("a name is valid UTF-8 of 1 to 255 bytes, not hidden, without slash or control character") {
  for (const std::string_view name : kGoodNames) CHECK(is_file_name(name));
  for (const std::string_view name : kBadNames) CHECK(!is_file_name(name));
  for (char control = 1; control < ' '; ++control) CHECK(!is_file_name({&control, 1}));
}

TEST("the longest name has 255 bytes, not characters") {
  CHECK(is_file_name(std::string(255, 'x')));
  CHECK(!is_file_name(std::string(256, 'x')));
  std::string umlauts;
  while (umlauts.size() < 254) umlauts += "\xc3\xbc";
  CHECK(is_file_name(umlauts + 'x'));
  CHECK(!is_file_name(umlauts + "\xc3\xbc"));
}

TEST("a file of every good name can be made, read, listed and removed") {
  for (const std::string& name : {std::string(255, 'x'), std::string(kGoodNames[9]),
                                  std::string("-rf *"), std::string("a ")}) {
    Files files;
    EQUAL(files.put(name, "content"), 0);
    EQUAL_NAMES(files.list(), {name});
    const StoredFile file = files.storage.open(name, files.work);
    EQUAL(file.error, 0);
    EQUAL(file.length, 7U);
    EQUAL(files.read(file), "content");
    EQUAL(files.storage.remove(name, files.work), 0);
    EQUAL_NAMES(files.directory.names(), {});
  }
}

TEST("a bad name is EINVAL, and no call is made") {
  Files files;
  for (const std::string_view name : kBadNames) {
    Upload upload = files.storage.create(name, files.work);
    EQUAL(upload.error(), EINVAL);
    EQUAL(upload.write(bytes_of("x"), files.work), EINVAL);
    EQUAL(upload.commit(files.work), EINVAL);
    const StoredFile file = files.storage.open(name, files.work);
    CHECK(file.error == EINVAL && !file.fd);
    EQUAL(files.storage.remove(name, files.work), EINVAL);
  }
  EQUAL(files.work.calls, 0U);
  EQUAL_NAMES(files.directory.names(), {});
}

}  // namespace
}  // namespace c10k::storage_names_test
