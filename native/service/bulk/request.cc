#include "service/bulk/request.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace c10k {
namespace {

BulkRequest refuse(std::string_view error) {
  return {.command = BulkRequest::Command::refused, .length = 0, .error = error};
}

}  // namespace

BulkRequest parse_bulk_request(std::string_view line) {
  const bool is_get = line.starts_with("GET ");
  if (!is_get && !line.starts_with("PUT ")) return refuse("ERROR unknown command\n");
  const std::string_view digits = line.substr(4);
  std::uint64_t length = 0;
  const char* const end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, length);
  if (error != std::errc{} || rest != end || digits.front() == '0' || length > kBulkMost)
    return refuse("ERROR bad length\n");
  return {is_get ? BulkRequest::Command::get : BulkRequest::Command::put, length, {}};
}

BulkLine read_bulk_line(Bytes received) {
  const auto* start = reinterpret_cast<const char*>(received.data());
  const std::size_t searched = std::min(received.size(), kBulkLine);
  const void* newline = searched == 0 ? nullptr : std::memchr(start, '\n', searched);
  if (newline != nullptr) {
    const auto length = static_cast<std::size_t>(static_cast<const char*>(newline) - start);
    return {parse_bulk_request({start, length}), length + 1};
  }
  if (searched < kBulkLine) return {};
  return {refuse("ERROR line too long\n"), kBulkLine};
}

}  // namespace c10k
