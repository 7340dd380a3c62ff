// A growing table of slots, found by tokens that become stale when the slot is reused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/slot_id.h"

namespace c10k {

/// `State` is the content of a slot. Releasing a slot doesn't reset it; the code that opens the
/// slot must.
template <typename State>
class SlotTable {
 public:
  struct Entry : State, SlotId {
    bool open = false;
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
    free_.push_back(entry.index);
    --live_;
  }

  /// Null when the token is stale.
  Entry* find(Token token) {
    const std::uint32_t index = SlotId::index_of(token);
    if (index >= size_) return nullptr;
    Entry& entry = at(index);
    return entry.open && entry.is_named(token) ? &entry : nullptr;
  }

  std::size_t live() const { return live_; }

  template <typename Visit>
  void for_each_open(Visit visit) {
    for (std::uint32_t index = 0; index < size_; ++index)
      if (Entry& entry = at(index); entry.open) visit(entry);
  }

 private:
  static constexpr std::uint32_t kChunk = 64;

  Entry& at(std::uint32_t index) { return chunks_[index / kChunk][index % kChunk]; }

  void grow() {
    chunks_.push_back(std::make_unique<Entry[]>(kChunk));
    const std::uint32_t first = size_;
    size_ += kChunk;
    for (std::uint32_t end = size_; end > first; --end) {
      at(end - 1).index = end - 1;
      free_.push_back(end - 1);  // the lowest is on top
    }
  }

  // In chunks, so that addresses stay valid as the table grows. A std::deque would hold three such
  // entries per chunk and divide on each lookup.
  std::vector<std::unique_ptr<Entry[]>> chunks_;
  std::uint32_t size_ = 0;
  std::vector<std::uint32_t> free_;
  std::size_t live_ = 0;
};

}  // namespace c10k
