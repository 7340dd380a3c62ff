#include "storage/storage.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>

#include <thread>

#include "base/system_error.h"
#include "check.h"
#include "temporary_directory.h"

namespace c10k::storage_test {
namespace {

using test::Names;

/// A storage with the calls that a test makes.
struct Files {
  int put(std::string_view name, std::string_view content) {
    Upload upload = storage.create(name, work);
    upload.write(bytes_of(content), work);
    return upload.commit(work);
  }
  /// All of an open file, read in pieces.
  std::string read(const StoredFile& file, std::size_t piece = 1000) {
    std::string content;
    std::vector<std::byte> buffer(piece);
    while (const ssize_t count = check(file.read(content.size(), buffer, work), "pread"))
      content += text_of(Bytes(buffer).first(static_cast<std::size_t>(count)));
    return content;
  }
  Names list() { return storage.list(work).names; }

  test::TemporaryDirectory directory;
  Storage storage{directory.path()};
  StorageWork work;
};

void equal_names(int line, const Names& found, const Names& wanted) {
  test::equal(line, joined(found), joined(wanted));
}
#define EQUAL_NAMES(...) equal_names(__LINE__, __VA_ARGS__)

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

TEST("the content is stored as it was written, in pieces") {
  Files files;
  std::string content;
  for (int i = 0; i < 10'000; ++i) content += static_cast<char>(i * 7);
  Upload upload = files.storage.create("a", files.work);
  for (std::size_t at = 0; at < content.size(); at += 777)
    EQUAL(upload.write(bytes_of(std::string_view(content).substr(at, 777)), files.work), 0);
  EQUAL(upload.commit(files.work), 0);
  CHECK(files.directory.content("a") == content);
  const StoredFile file = files.storage.open("a", files.work);
  EQUAL(file.length, content.size());
  for (const std::size_t piece : {1, 333, 20'000}) CHECK(files.read(file, piece) == content);
}

TEST("a file without content is stored") {
  Files files;
  EQUAL(files.put("a", ""), 0);
  const StoredFile file = files.storage.open("a", files.work);
  CHECK(file.error == 0 && file.length == 0);
  EQUAL(files.read(file), "");
}

TEST("a read at any position gives what is there, and nothing behind the end") {
  Files files;
  files.put("a", "0123456789");
  const StoredFile file = files.storage.open("a", files.work);
  std::byte buffer[4];
  EQUAL(file.read(3, buffer, files.work), 4);
  EQUAL(text_of(buffer), "3456");
  EQUAL(file.read(8, buffer, files.work), 2);
  EQUAL(text_of(Bytes(buffer).first(2)), "89");
  EQUAL(file.read(10, buffer, files.work), 0);
  EQUAL(file.read(1'000'000, buffer, files.work), 0);
}

TEST("the umask decides who may read and write a file") {
  Files files;
  const mode_t before = ::umask(027);
  const int error = files.put("a", "");
  ::umask(before);
  EQUAL(error, 0);
  struct stat status {};
  check(::stat(files.directory.path("a").c_str(), &status), "stat");
  EQUAL(status.st_mode & 0777, 0640U);
}

TEST("an upload has no name until it is committed, and leaves nothing if it is not") {
  Files files;
  {
    Upload upload = files.storage.create("a", files.work);
    EQUAL(upload.write(bytes_of("content"), files.work), 0);
    EQUAL(files.directory.open_files(), 1U);
    EQUAL_NAMES(files.directory.names(), {});
    EQUAL(files.storage.open("a", files.work).error, ENOENT);
  }
  EQUAL_NAMES(files.directory.names(), {});
  EQUAL(files.directory.open_files(), 0U);
}

TEST("an upload that is not committed leaves the file that had its name") {
  Files files;
  files.put("a", "old");
  {
    Upload upload = files.storage.create("a", files.work);
    upload.write(bytes_of("new content"), files.work);
  }
  EQUAL(files.directory.content("a"), "old");
  EQUAL_NAMES(files.directory.names(), {"a"});
}

TEST("a moved upload is committed by its new owner only") {
  Files files;
  Upload first = files.storage.create("a", files.work);
  first.write(bytes_of("content"), files.work);
  Upload second;
  second = std::move(first);
  EQUAL(second.commit(files.work), 0);
  EQUAL(files.directory.content("a"), "content");
  EQUAL(files.directory.open_files(), 0U);
}

TEST("of uploads to one name the last commit stays, in any order of creation") {
  for (const bool first_is_last : {false, true}) {
    Files files;
    Upload first = files.storage.create("a", files.work);
    Upload second = files.storage.create("a", files.work);
    second.write(bytes_of("second"), files.work);
    first.write(bytes_of("first"), files.work);
    EQUAL((first_is_last ? second : first).commit(files.work), 0);
    EQUAL((first_is_last ? first : second).commit(files.work), 0);
    EQUAL(files.directory.content("a"), first_is_last ? "first" : "second");
    EQUAL_NAMES(files.directory.names(), {"a"});
  }
}

TEST("an open file keeps its content when its name is replaced or removed") {
  Files files;
  files.put("a", "a long old content");
  const StoredFile file = files.storage.open("a", files.work);
  EQUAL(files.put("a", "new"), 0);
  EQUAL(files.read(file), "a long old content");
  EQUAL(files.read(files.storage.open("a", files.work)), "new");
  EQUAL(files.storage.remove("a", files.work), 0);
  EQUAL(files.read(file), "a long old content");
  EQUAL_NAMES(files.directory.names(), {});
}

TEST("a symbolic link out of the directory is not followed") {
  Files files;
  const test::TemporaryDirectory outside;
  outside.make("secret", "outside");
  const std::string absolute = outside.path("secret");
  const std::string relative = "../" + absolute.substr(absolute.find("c10k-test-"));
  for (const std::string& target : {absolute, relative, std::string("/proc/self/exe")}) {
    std::filesystem::create_symlink(target, files.directory.path("link"));
    CHECK(std::filesystem::exists(files.directory.path("link")));
    const StoredFile file = files.storage.open("link", files.work);
    CHECK(file.error != 0 && !file.fd);
    EQUAL_NAMES(files.list(), {});
    EQUAL(files.storage.remove("link", files.work), 0);
  }
  EQUAL(outside.content("secret"), "outside");
}

TEST("an upload to the name of a symbolic link replaces the link, not its target") {
  Files files;
  const test::TemporaryDirectory outside;
  outside.make("secret", "outside");
  std::filesystem::create_symlink(outside.path("secret"), files.directory.path("a"));
  EQUAL(files.put("a", "inside"), 0);
  EQUAL(outside.content("secret"), "outside");
  CHECK(!std::filesystem::is_symlink(files.directory.path("a")));
  EQUAL(files.directory.content("a"), "inside");
}

TEST("what is not a regular file can't be opened: ENOENT, and opening does not wait") {
  Files files;
  std::filesystem::create_directory(files.directory.path("directory"));
  EQUAL(::mkfifo(files.directory.path("pipe").c_str(), 0600), 0);
  for (const char* name : {"directory", "pipe", "missing"})
    EQUAL(files.storage.open(name, files.work).error, ENOENT);
}

TEST("an upload to the name of a directory fails, and leaves only the directory") {
  Files files;
  std::filesystem::create_directory(files.directory.path("a"));
  EQUAL(files.put("a", "content"), EISDIR);
  EQUAL_NAMES(files.directory.names(), {"a"});
  CHECK(std::filesystem::is_directory(files.directory.path("a")));
  EQUAL(files.directory.open_files(), 0U);
}

TEST("a missing file and a directory can't be removed: ENOENT") {
  Files files;
  std::filesystem::create_directory(files.directory.path("directory"));
  for (const char* name : {"missing", "directory"})
    EQUAL(files.storage.remove(name, files.work), ENOENT);
  EQUAL_NAMES(files.directory.names(), {"directory"});
}

TEST("the list is sorted by bytes, and has only regular files that are not hidden") {
  Files files;
  for (const char* name : {"b", "a", "B", "a b", "\xc3\xbc", "aa", "10", "9"}) files.put(name, "");
  for (const char* name : {".hidden", ".upload-1-1", "bad\nname", "\xff"})
    files.directory.make(name);
  std::filesystem::create_directory(files.directory.path("directory"));
  files.directory.make("directory/below");
  EQUAL(::mkfifo(files.directory.path("pipe").c_str(), 0600), 0);
  const Names wanted{"10", "9", "B", "a", "a b", "aa", "b", "\xc3\xbc"};
  for (int again = 0; again < 2; ++again) {
    const Storage::Listing listing = files.storage.list(files.work);
    EQUAL(listing.error, 0);
    EQUAL_NAMES(listing.names, wanted);
  }
}

TEST("the list of an empty directory is empty, without an error") {
  Files files;
  const Storage::Listing listing = files.storage.list(files.work);
  CHECK(listing.names.empty() && listing.error == 0);
}

TEST("after a write fails, every write and the commit fail, and nothing is left") {
  Files files;
  files.put("a", "old");
  {
    Upload upload = files.storage.create("a", files.work);
    const test::LimitedFiles limited(10);
    EQUAL(upload.write(bytes_of("12345678"), files.work), 0);
    EQUAL(upload.write(bytes_of("12345678"), files.work), EFBIG);
    EQUAL(upload.error(), EFBIG);
    const std::uint32_t calls = files.work.calls;
    EQUAL(upload.write(bytes_of("1"), files.work), EFBIG);
    EQUAL(upload.commit(files.work), EFBIG);
    EQUAL(files.work.calls, calls);
  }
  EQUAL(files.directory.content("a"), "old");
  EQUAL_NAMES(files.directory.names(), {"a"});
  EQUAL(files.directory.open_files(), 0U);
}

TEST("without a free descriptor, creating, opening and listing fail") {
  Files files;
  files.put("a", "content");
  const test::NoDescriptors none;
  EQUAL(files.put("b", ""), EMFILE);
  EQUAL(files.storage.create("b", files.work).error(), EMFILE);
  EQUAL(files.storage.open("a", files.work).error, EMFILE);
  const Storage::Listing listing = files.storage.list(files.work);
  CHECK(listing.names.empty() && listing.error == EMFILE);
}

TEST("a file that can't be read gives -1 with the reason") {
  Files files;
  StoredFile file;
  std::byte buffer[4];
  EQUAL(file.read(0, buffer, files.work), -1);
  EQUAL(errno, EBADF);
}

/// An open file counts with the call that will close it.
TEST("calls are counted, with their time") {
  Files files;
  const auto counted = [&](std::uint32_t calls) {
    CHECK(files.work.calls == calls && files.work.time > 0);
    files.work = {};
  };
  Upload upload = files.storage.create("a", files.work);
  counted(2);
  upload.write(bytes_of("content"), files.work);
  counted(1);
  upload.commit(files.work);
  counted(1);
  const StoredFile file = files.storage.open("a", files.work);
  counted(3);
  std::byte buffer[4];
  file.read(0, buffer, files.work);
  file.read(4, buffer, files.work);
  counted(2);
  files.storage.list(files.work);
  counted(4);
  files.storage.remove("a", files.work);
  counted(1);
  files.storage.remove("a", files.work);
  counted(1);
  files.storage.create("a", files.work).write({}, files.work);
  counted(2);
}

TEST("a write that is cut short counts as a separate call") {
  Files files;
  Upload upload = files.storage.create("a", files.work);
  files.work = {};
  const test::LimitedFiles limited(10);
  EQUAL(upload.write(bytes_of("12345678901"), files.work), EFBIG);
  EQUAL(files.work.calls, 2U);
}

TEST("a directory that can't hold unnamed files is refused") {
  const test::TemporaryDirectory directory;
  directory.make("file");
  for (const std::string& path :
       {directory.path("missing"), directory.path("file"), std::string("/proc"), std::string()}) {
    bool is_refused = false;
    try {
      Storage(path).check_uploads();
    } catch (const SystemError&) {
      is_refused = true;
    }
    CHECK(is_refused);
  }
}

TEST("a thread with a separate descriptor table can store files") {
  const test::TemporaryDirectory directory;
  int errors = -1;
  std::thread([&] {
    if (::unshare(CLONE_FILES) != 0) return;
    StorageWork work;
    const Storage storage(directory.path());
    errors = 0;
    for (int again = 0; again < 2; ++again) {  // the second upload replaces the first
      Upload upload = storage.create("a", work);
      upload.write(bytes_of("content"), work);
      if (upload.commit(work) != 0) ++errors;
    }
  }).join();
  EQUAL(errors, 0);
  EQUAL(directory.content("a"), "content");
  EQUAL_NAMES(directory.names(), {"a"});
}

}  // namespace
}  // namespace c10k::storage_test
