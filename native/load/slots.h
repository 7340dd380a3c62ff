// The client slots of one thread, idle ones first.
#pragma once

#include <vector>

#include "load/slot.h"
#include "load/spec.h"

namespace c10k {

/// `Entry`: a Slot, with what the protocol adds.
template <typename Entry>
class Slots {
 public:
  /// A thread has every `spec.threads`-th client of the process.
  Slots(const LoadSpec& spec, unsigned thread)
      : Slots(share(spec.idle, thread, spec.threads),
              share(spec.connections, thread, spec.threads)) {}

  /// The slot of the connection with this token; null if it has ended.
  Entry* find(Token token) {
    Entry& slot = slots_[SlotId::index_of(token)];
    return slot.is_named(token) ? &slot : nullptr;
  }

  /// Prefetches a slot into the CPU cache: with many connections it has been evicted since its last
  /// event.
  void prefetch(Token token) const {
    constexpr std::size_t kCacheLine = 64;
    const std::uint32_t index = SlotId::index_of(token);
    if (index >= slots_.size()) return;
    const auto* slot = reinterpret_cast<const char*>(&slots_[index]);
    for (std::size_t at = 0; at < sizeof(Entry); at += kCacheLine) __builtin_prefetch(slot + at, 1);
  }

  Entry& operator[](std::size_t index) { return slots_[index]; }
  std::size_t size() const { return slots_.size(); }
  auto begin() { return slots_.begin(); }
  auto end() { return slots_.end(); }

 private:
  Slots(std::size_t idle, std::size_t busy) : slots_(idle + busy) {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      slots_[i].index = static_cast<std::uint32_t>(i);
      slots_[i].idle = i < idle;
    }
  }

  static std::size_t share(std::size_t all, unsigned thread, unsigned threads) {
    return all / threads + (thread < all % threads ? 1 : 0);
  }

  std::vector<Entry> slots_;
};

}  // namespace c10k
