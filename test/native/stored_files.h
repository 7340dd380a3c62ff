// A storage for tests, with the calls that they make.
#pragma once

#include <string>
#include <vector>

#include "check.h"
#include "storage/storage.h"
#include "temporary_directory.h"

namespace c10k::stored_files {

using test::Names;

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

inline void equal_names(int line, const Names& found, const Names& wanted) {
  test::equal(line, joined(found), joined(wanted));
}
#define EQUAL_NAMES(...) ::c10k::stored_files::equal_names(__LINE__, __VA_ARGS__)

}  // namespace c10k::stored_files
