// When a connection sends, and when it has sent enough: closed loop, spread over its lifetime.
#pragma once

#include "load/random.h"
#include "load/slot.h"
#include "load/spec.h"

namespace c10k {

class Pacer {
 public:
  explicit Pacer(const LoadSpec& spec) : spec_(spec) {}

  /// The connection is free to send from now on.
  void begin(Slot& slot, Nanoseconds at) const {
    slot.free_at = at;
    slot.record.lifetime = spec_.lifetime.draw(mix(slot.seed));
  }

  /// When the next message is to be sent or, after the last, the connection closed; 0: at once.
  Nanoseconds due(const Slot& slot) const {
    if (slot.record.lifetime == 0 || spec_.repeat == 0) return 0;
    const double sent =
        static_cast<double>(slot.record.requests) / static_cast<double>(spec_.repeat);
    return slot.free_at +
           static_cast<Nanoseconds>(sent * static_cast<double>(slot.record.lifetime));
  }

  bool is_done(const Slot& slot, Nanoseconds now) const {
    if (spec_.repeat > 0) return slot.record.requests == spec_.repeat;
    return spec_.lifetime.kind != Lifetime::Kind::none &&
           now >= slot.free_at + slot.record.lifetime;
  }

 private:
  const LoadSpec& spec_;
};

}  // namespace c10k
