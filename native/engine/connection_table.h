// The connections of one loop, found by tokens that a reused slot makes stale.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "engine/connection.h"

namespace c10k {

/// A token is the slot, with the slot's generation above it: an event that was reported for an
/// earlier owner of the slot finds nothing.
class ConnectionTable {
 public:
  using Token = std::uint64_t;

  struct Entry {
    Connection connection;
    std::uint32_t slot = 0;
    std::uint32_t generation = 0;
    bool open = false;
    /// The socket refused bytes; nothing is read until it has taken them.
    bool blocked = false;
    Token token() const { return (Token{generation} << 32) | slot; }
  };

  Entry& open() {
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(entries_.size()));
      entries_.emplace_back().slot = free_.back();
    }
    Entry& entry = entries_[free_.back()];
    free_.pop_back();
    entry.open = true;
    entry.blocked = false;
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
    if (slot >= entries_.size()) return nullptr;
    Entry& entry = entries_[slot];
    return entry.open && entry.generation == token >> 32 ? &entry : nullptr;
  }

  std::size_t live() const { return live_; }

  template <typename Visit>
  void for_each_open(Visit visit) {
    for (Entry& entry : entries_)
      if (entry.open) visit(entry);
  }

 private:
  std::deque<Entry> entries_;  // addresses hold while it grows
  std::vector<std::uint32_t> free_;
  std::size_t live_ = 0;
};

}  // namespace c10k
