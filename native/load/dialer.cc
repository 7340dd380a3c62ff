#include "load/dialer.h"

#include "base/random.h"

namespace c10k {

// Replacements are numbered from a high base, so that they don't collide with other processes'
// first clients.
void Dialer::admit(Slot& slot) {
  const std::uint64_t round = admitted_ / slots_;
  const std::uint64_t nth = thread_ + spec_.threads * (admitted_ % slots_);
  ++admitted_;
  slot.client = {};
  slot.client.number = (round << 32) + spec_.first_connection + nth;
  slot.client.seed = mix(spec_.seed ^ mix(slot.client.number));
}

Failure Dialer::dial(Slot& slot, Nanoseconds at) {
  slot.state = Slot::State::closed;
  slot.is_used_up = false;
  slot.pending = 0;
  slot.record = {};
  slot.record.idle = slot.idle;
  slot.record.client = slot.client.number;
  slot.record.opened = at;
  Attempt attempt = start_connect(spec_.target, source(), spec_.congestion);
  ++dialed_;
  if (attempt.failure != Failure::none) return attempt.failure;
  slot.fd = std::move(attempt.fd);
  slot.state = Slot::State::connecting;
  ++under_way_;
  return Failure::none;
}

const Address* Dialer::source() const {
  if (spec_.sources.empty()) return nullptr;
  return &spec_.sources[(thread_ + spec_.threads * dialed_) % spec_.sources.size()];
}

}  // namespace c10k
