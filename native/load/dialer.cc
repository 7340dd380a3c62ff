#include "load/dialer.h"

#include "load/random.h"

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

// Those that replace others are numbered from far above, apart from other processes' first ones.
std::uint64_t Dialer::number() const {
  const std::uint64_t round = dialed_ / at_a_time_;
  const std::uint64_t nth = thread_ + spec_.threads * (dialed_ % at_a_time_);
  return (round << 32) + spec_.first_connection + nth;
}

const Address* Dialer::source() const {
  if (spec_.sources.empty()) return nullptr;
  return &spec_.sources[(thread_ + spec_.threads * dialed_) % spec_.sources.size()];
}

}  // namespace c10k
