#include "load/protocol/echo/messages.h"

#include <algorithm>

#include "base/random.h"

namespace c10k {
namespace {

constexpr std::size_t kMaxLines = 1024;
constexpr std::size_t kMaxBytes = 8 << 20;

std::string random_line(std::size_t length, std::uint64_t seed) {
  std::string line(length + 1, '\n');
  for (std::size_t i = 0; i < length; ++i)
    line[i] = static_cast<char>('!' + mix(seed + i) % ('~' - '!' + 1));
  return line;
}

}  // namespace

Messages::Messages(std::string text) {
  lines_.push_back(std::move(text) + '\n');
}

Messages::Messages(std::size_t low, std::size_t high, std::uint64_t seed) {
  const std::size_t count = std::clamp<std::size_t>(kMaxBytes / (high + 1), 8, kMaxLines);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t line_seed = mix(seed ^ mix(i));
    lines_.push_back(random_line(low + line_seed % (high - low + 1), line_seed));
  }
}

std::string_view Messages::of(std::uint64_t connection_seed, std::uint64_t n) const {
  if (lines_.size() == 1) return lines_.front();
  return lines_[mix(connection_seed + n) % lines_.size()];
}

}  // namespace c10k
