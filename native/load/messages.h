// The lines that the client sends: one text, or many of varied length.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace c10k {

/// Prepared whole, so that a message costs the client no copying. Each ends with '\n'.
class Messages {
 public:
  /// One message for all requests.
  explicit Messages(std::string text);
  /// Random text of `low` to `high` bytes before the '\n', uniformly distributed.
  Messages(std::size_t low, std::size_t high, std::uint64_t seed);

  /// The n-th message of a connection. Differs from its neighbours', so that an echo which went to
  /// the wrong connection is noticed.
  std::string_view of(std::uint64_t connection_seed, std::uint64_t n) const;

 private:
  std::vector<std::string> lines_;
};

}  // namespace c10k
