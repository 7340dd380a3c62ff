#include "load/dialer.h"

#include "load/random.h"

namespace c10k {

Failure Dialer::dial(Slot& slot, Nanoseconds at) {
  const std::uint64_t number = thread_ + spec_.threads * dialed_++;
  slot.number = spec_.first_connection + number;
  slot.seed = mix(spec_.seed ^ mix(slot.number));
  slot.free_at = 0;
  slot.give_message({});
  slot.record = {};
  slot.record.idle = slot.idle;
  slot.record.requests_wanted = slot.idle ? 0 : spec_.repeat;
  slot.record.opened = at;
  Attempt attempt = start_connect(spec_.target, source_of(number));
  if (attempt.failure != Failure::none) return attempt.failure;
  slot.fd = std::move(attempt.fd);
  slot.state = Slot::State::connecting;
  ++under_way_;
  return Failure::none;
}

const Address* Dialer::source_of(std::uint64_t number) const {
  return spec_.sources.empty() ? nullptr : &spec_.sources[number % spec_.sources.size()];
}

}  // namespace c10k
