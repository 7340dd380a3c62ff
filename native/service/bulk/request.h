// A request line of the bulk service.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"

namespace c10k {

/// The longest line, its newline included.
inline constexpr std::size_t kBulkLine = 32;
inline constexpr std::uint64_t kBulkMost = std::uint64_t{1} << 40;

struct BulkRequest {
  enum class Command { get, put, refused };
  Command command = Command::refused;
  std::uint64_t length = 0;
  /// If refused: the answer, a whole line.
  std::string_view error;
};

/// Parses a line without its newline.
BulkRequest parse_bulk_request(std::string_view line);

/// A request at the beginning of what was received.
struct BulkLine {
  BulkRequest request;
  /// The length of its line, its newline included; 0: the line is not complete.
  std::size_t bytes = 0;
};

BulkLine read_bulk_line(Bytes received);

}  // namespace c10k
