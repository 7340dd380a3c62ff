// Choices that a seed determines.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>

#include "base/random.h"

namespace c10k::fuzz {

class Choices {
 public:
  explicit Choices(std::uint64_t seed) : state_(mix(seed)) {}

  std::uint64_t next() { return mix(state_++); }
  /// Less than `end`; 0 if that is 0.
  std::size_t below(std::size_t end) { return end == 0 ? 0 : next() % end; }
  /// From `low` to `high`.
  std::size_t between(std::size_t low, std::size_t high) { return low + below(high - low + 1); }
  /// True once in so many times.
  bool once_in(std::size_t times) { return below(times) == 0; }
  template <typename List>
  const auto& of(const List& list) {
    return std::begin(list)[below(std::size(list))];
  }
  /// Mostly short; seldom as long as `most`.
  std::size_t length(std::size_t most) {
    const std::size_t limits[] = {4, 20, 20, 100, 100, 100, 2000, most};
    return below(std::min(of(limits), most) + 1);
  }

 private:
  std::uint64_t state_;
};

/// The length of the next piece of a text that arrives in pieces.
class Pieces {
 public:
  /// Pieces are as long as receive buffers, or short.
  explicit Pieces(Choices& choices) : choices_(choices) {
    const std::size_t limits[] = {1, 3, 16, 1000, kMost};
    limit_ = choices.of(limits);
  }
  /// All as long as possible.
  static Pieces whole(Choices& choices) { return Pieces(choices, 0); }

  std::string_view take(std::string_view& text) {
    const std::size_t length = limit_ == 0 ? kMost : choices_.between(1, limit_);
    const std::string_view piece = text.substr(0, length);
    text.remove_prefix(piece.size());
    return piece;
  }

 private:
  static constexpr std::size_t kMost = 64 * 1024;

  Pieces(Choices& choices, std::size_t limit) : choices_(choices), limit_(limit) {}

  Choices& choices_;
  std::size_t limit_;
};

}  // namespace c10k::fuzz
