#include "stored_files.h"

namespace c10k::storage_work_test {
namespace {

using stored_files::Files;

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

}  // namespace
}  // namespace c10k::storage_work_test
