#include "base/system_error.h"
#include "stored_files.h"

namespace c10k::storage_failures_test {
namespace {

using stored_files::Files;

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

}  // namespace
}  // namespace c10k::storage_failures_test
