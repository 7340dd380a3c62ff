#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/unique_fd.h"

namespace c10k {

MappedFile::MappedFile(const std::string& path) {
  const UniqueFd file(check(::open(path.c_str(), O_RDONLY | O_CLOEXEC), "open"));
  struct stat status {};
  check(::fstat(file.get(), &status), "fstat");
  const auto length = static_cast<std::size_t>(status.st_size);
  if (length == 0) return;
  mapping_ = Mapping::read_only(length, file.get());
  bytes_ = {mapping_.at<const std::byte>(0), length};
}

}  // namespace c10k
