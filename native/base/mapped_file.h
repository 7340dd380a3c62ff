// A file that is read as memory: mmap(2).
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/mapping.h"

namespace c10k {

/// Its pages are shared with all processes that map it. It must not become shorter.
class MappedFile {
 public:
  MappedFile() = default;
  /// Throws SystemError.
  explicit MappedFile(const std::string& path);

  Bytes bytes() const { return bytes_; }

 private:
  Mapping mapping_;
  Bytes bytes_;
};

}  // namespace c10k
