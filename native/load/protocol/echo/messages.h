// The lines that the client sends: one fixed text, or random lines of varied length.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace c10k {

/// Prepared in advance, so that sending needs no copy. Each message ends with '\n'.
class Messages {
 public:
  /// The same message for all requests.
  explicit Messages(std::string text);
  /// Random text of `low` to `high` bytes before the '\n', uniformly distributed.
  Messages(std::size_t low, std::size_t high, std::uint64_t seed);

  /// The n-th message of a connection. Neighbouring connections get different messages, so that an
  /// echo on the wrong connection is detected.
  std::string_view of(std::uint64_t connection_seed, std::uint64_t n) const;

 private:
  std::vector<std::string> lines_;
};

}  // namespace c10k
