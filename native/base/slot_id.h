// Names for what a slot of a table holds: a slot is used again, its names are not.
#pragma once

#include <cstdint>

namespace c10k {

/// The number of a slot, with its generation above it: an event that was reported for an earlier
/// owner of the slot names nothing.
using Token = std::uint64_t;

/// What a slot keeps of itself.
struct SlotId {
  std::uint32_t index = 0;
  /// How many owners the slot has had.
  std::uint32_t generation = 0;

  Token token() const { return Token{generation} << 32 | index; }
  bool is_named(Token token) const { return generation == token >> 32; }
  static std::uint32_t index_of(Token token) { return static_cast<std::uint32_t>(token); }
};

}  // namespace c10k
