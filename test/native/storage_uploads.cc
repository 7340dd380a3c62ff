#include "stored_files.h"

namespace c10k::storage_uploads_test {
namespace {

using stored_files::Files;

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

TEST("an upload to the name of a directory fails, and leaves only the directory") {
  Files files;
  std::filesystem::create_directory(files.directory.path("a"));
  EQUAL(files.put("a", "content"), EISDIR);
  EQUAL_NAMES(files.directory.names(), {"a"});
  CHECK(std::filesystem::is_directory(files.directory.path("a")));
  EQUAL(files.directory.open_files(), 0U);
}

}  // namespace
}  // namespace c10k::storage_uploads_test
