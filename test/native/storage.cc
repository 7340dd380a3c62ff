#include "storage/storage.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>

#include <thread>

#include "stored_files.h"

namespace c10k::storage_test {
namespace {

using stored_files::Files;
using test::Names;

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

TEST("what is not a regular file can't be opened: ENOENT, and opening does not wait") {
  Files files;
  std::filesystem::create_directory(files.directory.path("directory"));
  EQUAL(::mkfifo(files.directory.path("pipe").c_str(), 0600), 0);
  for (const char* name : {"directory", "pipe", "missing"})
    EQUAL(files.storage.open(name, files.work).error, ENOENT);
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
