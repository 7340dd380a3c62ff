#include "storage/storage.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>

#include "base/system_error.h"
#include "base/utf8.h"

namespace c10k {
namespace {

constexpr mode_t kMode = 0666;

/// The call that will close an open file.
constexpr std::uint32_t kClose = 1;

/// Counts calls and adds their time.
class Timed {
 public:
  explicit Timed(StorageWork& work) : work_(work), start_(now()) {}
  void count(std::uint32_t calls = 1) { work_.calls += calls; }
  ~Timed() { work_.time += now() - start_; }
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

 private:
  StorageWork& work_;
  const Nanoseconds start_;
};

/// A path in the directory. A symbolic link is no file, because it may lead elsewhere.
UniqueFd open_below(int directory, const char* path, int flags, mode_t mode = 0) {
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC);
  how.mode = mode;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
  return UniqueFd(static_cast<int>(::syscall(SYS_openat2, directory, path, &how, sizeof how)));
}

UniqueFd open_unnamed(int directory) {
  return open_below(directory, ".", O_TMPFILE | O_WRONLY, kMode);
}

/// The path of an open file, also in a thread with a separate descriptor table.
std::string path_of(const UniqueFd& fd) {
  return "/proc/thread-self/fd/" + std::to_string(fd.get());
}

/// A name that no file of a client may have.
std::string hidden_name() {
  static std::atomic<std::uint64_t> number{0};
  return ".upload-" + std::to_string(::getpid()) + '-' + std::to_string(++number);
}

/// Some file systems don't tell the type with the name.
bool is_regular(const UniqueFd& directory, const dirent64& entry) {
  if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_REG;
  struct stat status {};
  return ::fstatat(directory.get(), entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISREG(status.st_mode);
}

/// The files among directory entries as getdents64(2) returns them.
void add_files(const UniqueFd& directory, Bytes entries, std::vector<std::string>& names) {
  while (!entries.empty()) {
    const auto& entry = *reinterpret_cast<const dirent64*>(entries.data());
    if (is_file_name(entry.d_name) && is_regular(directory, entry))
      names.emplace_back(entry.d_name);
    entries = entries.subspan(entry.d_reclen);
  }
}

}  // namespace

bool is_file_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName || name.front() == '.') return false;
  const auto is_forbidden = [](unsigned char each) {
    return each < ' ' || each == 0x7f || each == '/';
  };
  return std::ranges::none_of(name, is_forbidden) && is_utf8(name);
}

ssize_t StoredFile::read(std::uint64_t position, MutableBytes into, StorageWork& work) const {
  ssize_t count;
  do {
    Timed timed(work);
    timed.count();
    count = ::pread(fd.get(), into.data(), into.size(), static_cast<off_t>(position));
  } while (count < 0 && errno == EINTR);
  return count;
}

int Upload::write(Bytes content, StorageWork& work) {
  while (error_ == 0 && !content.empty()) {
    Timed timed(work);
    timed.count();
    const ssize_t count = ::write(fd_.get(), content.data(), content.size());
    if (count >= 0)
      content = content.subspan(static_cast<std::size_t>(count));
    else if (errno != EINTR)
      error_ = errno;
  }
  return error_;
}

int Upload::commit(StorageWork& work) {
  if (error_ != 0) return error_;
  Timed timed(work);
  timed.count();
  const std::string source = path_of(fd_);
  if (::linkat(AT_FDCWD, source.c_str(), directory_, name_.c_str(), AT_SYMLINK_FOLLOW) < 0)
    error_ = errno;
  if (error_ == EEXIST) {
    timed.count(2);
    error_ = replace(source);
  }
  fd_.reset();
  return error_;
}

/// link(2) replaces nothing, but rename(2) does.
int Upload::replace(const std::string& source) const {
  const std::string hidden = hidden_name();
  if (::linkat(AT_FDCWD, source.c_str(), directory_, hidden.c_str(), AT_SYMLINK_FOLLOW) < 0)
    return errno;
  if (::renameat(directory_, hidden.c_str(), directory_, name_.c_str()) == 0) return 0;
  const int error = errno;
  ::unlinkat(directory_, hidden.c_str(), 0);
  return error;
}

Storage::Storage(const std::string& directory)
    : directory_(check(::open(directory.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC), "open")) {}

void Storage::check_uploads() const {
  check(open_unnamed(directory_.get()).get(), "open O_TMPFILE");
}

Upload Storage::create(std::string_view name, StorageWork& work) const {
  Upload upload(directory_.get(), name);
  if (!is_file_name(name)) {
    upload.error_ = EINVAL;
    return upload;
  }
  Timed timed(work);
  timed.count();
  upload.fd_ = open_unnamed(directory_.get());
  if (!upload.fd_)
    upload.error_ = errno;
  else
    timed.count(kClose);
  return upload;
}

StoredFile Storage::open(std::string_view name, StorageWork& work) const {
  StoredFile file;
  file.error = EINVAL;
  if (!is_file_name(name)) return file;
  Timed timed(work);
  timed.count();
  // O_NONBLOCK: opening a pipe must not wait.
  file.fd = open_below(directory_.get(), std::string(name).c_str(), O_RDONLY | O_NONBLOCK);
  if (!file.fd) {
    file.error = errno;
    return file;
  }
  struct stat status {};
  timed.count(1 + kClose);
  const bool is_known = ::fstat(file.fd.get(), &status) == 0;
  file.error = !is_known ? errno : S_ISREG(status.st_mode) ? 0 : ENOENT;
  file.length = static_cast<std::uint64_t>(status.st_size);
  return file;
}

int Storage::remove(std::string_view name, StorageWork& work) const {
  if (!is_file_name(name)) return EINVAL;
  Timed timed(work);
  timed.count();
  const int result = ::unlinkat(directory_.get(), std::string(name).c_str(), 0);
  return result == 0 ? 0 : errno == EISDIR ? ENOENT : errno;
}

Storage::Listing Storage::list(StorageWork& work) const {
  Timed timed(work);
  timed.count();
  Listing listing;
  // A new descriptor, because the position in the directory belongs to it.
  const UniqueFd directory = open_below(directory_.get(), ".", O_DIRECTORY | O_RDONLY);
  if (!directory) {
    listing.error = errno;
    return listing;
  }
  timed.count(kClose);
  alignas(dirent64) std::array<std::byte, 8192> buffer;
  for (;;) {
    timed.count();
    // Not readdir(3), because the calls that it makes are not known.
    const ssize_t length = ::getdents64(directory.get(), buffer.data(), buffer.size());
    if (length < 0) listing.error = errno;
    if (length <= 0) break;
    add_files(directory, Bytes(buffer).first(static_cast<std::size_t>(length)), listing.names);
  }
  std::ranges::sort(listing.names);
  return listing;
}

}  // namespace c10k
