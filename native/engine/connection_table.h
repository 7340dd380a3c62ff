// The connections of one loop, found by tokens that a reused slot makes stale.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/connection.h"

namespace c10k {

/// A token is the slot, with the slot's generation above it: an event that was reported for an
/// earlier owner of the slot finds nothing. `State` is what an engine keeps of each; it holds a
/// `Connection connection`.
template <typename State>
class ConnectionTable {
 public:
  using Token = std::uint64_t;

  struct Entry : State {
    std::uint32_t slot = 0;
    std::uint32_t generation = 0;
    bool open = false;
    Token token() const { return (Token{generation} << 32) | slot; }
  };

  Entry& open() {
    if (free_.empty()) grow();
    Entry& entry = at(free_.back());
    free_.pop_back();
    entry.open = true;
    ++live_;
    return entry;
  }

  void release(Entry& entry) {
    entry.open = false;
    ++entry.generation;
    free_.push_back(entry.slot);
    --live_;
  }

  /// Null when the token is stale.
  Entry* find(Token token) {
    const auto slot = static_cast<std::uint32_t>(token);
    if (slot >= size_) return nullptr;
    Entry& entry = at(slot);
    return entry.open && entry.generation == token >> 32 ? &entry : nullptr;
  }

  std::size_t live() const { return live_; }

  template <typename Visit>
  void for_each_open(Visit visit) {
    for (std::uint32_t slot = 0; slot < size_; ++slot)
      if (Entry& entry = at(slot); entry.open) visit(entry);
  }

 private:
  static constexpr std::uint32_t kChunk = 64;

  Entry& at(std::uint32_t slot) { return chunks_[slot / kChunk][slot % kChunk]; }

  void grow() {
    chunks_.push_back(std::make_unique<Entry[]>(kChunk));
    size_ += kChunk;
    for (std::uint32_t slot = size_; slot-- > size_ - kChunk;) {
      at(slot).slot = slot;
      free_.push_back(slot);  // the lowest is on top
    }
  }

  // In chunks, so that addresses hold while it grows. A std::deque holds three such entries in a
  // chunk, and must divide to find one.
  std::vector<std::unique_ptr<Entry[]>> chunks_;
  std::uint32_t size_ = 0;
  std::vector<std::uint32_t> free_;
  std::size_t live_ = 0;
};

}  // namespace c10k
