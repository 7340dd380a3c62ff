#include "load/dialer.h"

#include "base/random.h"

namespace c10k {

Failure Dialer::dial(Slot& slot, Nanoseconds at) {
  slot.number = number();
  slot.seed = mix(spec_.seed ^ mix(slot.number));
  slot.free_at = 0;
  slot.give_message({});
  slot.record = {};
  slot.record.idle = slot.idle;
  slot.record.requests_wanted = slot.idle ? 0 : spec_.repeat;
  slot.record.opened = at;
  Attempt attempt = start_connect(spec_.target, source());
  ++dialed_;
  if (attempt.failure != Failure::none) return attempt.failure;
  slot.fd = std::move(attempt.fd);
  slot.state = Slot::State::connecting;
  ++under_way_;
  return Failure::none;
}

// Replacements are numbered from a high base, so that they don't collide with other processes'
// first connections.
std::uint64_t Dialer::number() const {
  const std::uint64_t round = dialed_ / slots_;
  const std::uint64_t nth = thread_ + spec_.threads * (dialed_ % slots_);
  return (round << 32) + spec_.first_connection + nth;
}

const Address* Dialer::source() const {
  if (spec_.sources.empty()) return nullptr;
  return &spec_.sources[(thread_ + spec_.threads * dialed_) % spec_.sources.size()];
}

}  // namespace c10k
