// Tokens that identify the owner of a table slot: slots are reused, tokens are not.
#pragma once

#include <cstdint>

namespace c10k {

/// The slot number in the low half, its generation in the high half, so that an event reported for
/// an earlier owner of the slot is detected as stale.
using Token = std::uint64_t;

/// A slot's index and generation.
struct SlotId {
  std::uint32_t index = 0;
  /// The number of owners the slot has had.
  std::uint32_t generation = 0;

  Token token() const { return Token{generation} << 32 | index; }
  bool is_named(Token token) const { return generation == token >> 32; }
  static std::uint32_t index_of(Token token) { return static_cast<std::uint32_t>(token); }
};

}  // namespace c10k
