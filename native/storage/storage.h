// Files of a service in one directory: the only code that opens, reads and writes them.
// openat2(2), open(2) O_TMPFILE, linkat(2), rename(2).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/unique_fd.h"
#include "storage/work.h"

namespace c10k {

/// The longest name of a file, in bytes.
inline constexpr std::size_t kLongestName = 255;

/// Whether a file may have the name: UTF-8 without control characters and slashes, not beginning
/// with a dot.
bool is_file_name(std::string_view name);

/// An open file.
struct StoredFile {
  UniqueFd fd;
  std::uint64_t length = 0;
  /// The error if there is no file: ENOENT, EINVAL for a name that no file may have, or another.
  int error = 0;

  /// Reads from a position; returns the number of bytes, 0 at the end, -1 with errno.
  ssize_t read(std::uint64_t position, MutableBytes into, StorageWork& work) const;
};

/// A file that is being received. It leaves no trace unless it is committed, even if the process is
/// killed.
class Upload {
 public:
  Upload() = default;

  /// The errors of these are errno; 0: none.
  int error() const { return error_; }
  int write(Bytes content, StorageWork& work);
  /// Gives the file its name, instead of one that had it: readers see one of them, entire.
  int commit(StorageWork& work);

 private:
  friend class Storage;
  Upload(int directory, std::string_view name) : directory_(directory), name_(name) {}

  int replace(const std::string& source) const;

  int directory_ = -1;
  std::string name_;
  UniqueFd fd_;
  int error_ = 0;
};

/// A directory without subdirectories. Its descriptor belongs to the calling thread's table.
class Storage {
 public:
  /// Throws SystemError if the directory can't be opened.
  explicit Storage(const std::string& directory);
  /// Throws SystemError if the directory can't hold files without a name.
  void check_uploads() const;

  /// The upload has an error if the file can't be made. It must not outlive the storage.
  Upload create(std::string_view name, StorageWork& work) const;
  StoredFile open(std::string_view name, StorageWork& work) const;
  /// Returns errno; 0: removed.
  int remove(std::string_view name, StorageWork& work) const;

  struct Listing {
    std::vector<std::string> names;  // sorted
    int error = 0;
  };
  Listing list(StorageWork& work) const;

 private:
  UniqueFd directory_;
};

}  // namespace c10k
