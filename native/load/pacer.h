// When a client sends, and when it has sent enough.
#pragma once

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "load/slot.h"
#include "load/spec.h"

namespace c10k {

/// Closed loop: the next message follows the last answer at once, or messages are spread over the
/// lifetime. Open loop: messages are due at scheduled times, independent of answers. A message due
/// while its client is busy is sent after the answer; its response time includes the delay.
class Pacer {
 public:
  explicit Pacer(const LoadSpec& spec) : spec_(spec) {}

  bool is_open_loop() const { return spec_.interval > 0; }

  /// The connection may send from now on.
  void begin(Slot& slot, Nanoseconds at) const {
    slot.record.free_at = at;
    if (slot.client.began == 0) {
      slot.client.began = at;
      slot.client.lifetime = spec_.lifetime.draw(mix(slot.client.seed));
    }
    slot.record.lifetime = slot.client.lifetime;
    // A replacement takes over the schedule of the client it replaces, including overdue messages.
    // Phases are spread evenly, so that the messages of all clients together are evenly spaced.
    if (is_open_loop() && slot.due == 0) slot.due = at + (spec_.poisson ? gap(slot) : phase(slot));
  }

  /// When to send the next message or, after the last, end; 0: at once.
  Nanoseconds due(const Slot& slot) const {
    const Nanoseconds lifetime = slot.client.lifetime;
    if (is_open_loop() && !has_sent_all(slot))
      return lives_on_time() ? std::min(slot.due, slot.client.began + lifetime) : slot.due;
    if (lifetime == 0 || spec_.repeat == 0) return 0;
    const double done = static_cast<double>(slot.requests()) / static_cast<double>(spec_.repeat);
    return slot.client.began + static_cast<Nanoseconds>(done * static_cast<double>(lifetime));
  }

  bool has_sent_all(const Slot& slot) const {
    return spec_.repeat > 0 && slot.requests() == spec_.repeat;
  }
  /// The client needs another connection for its next message.
  bool is_used_up(const Slot& slot) const {
    return slot.is_used_up ||
           (spec_.per_connection > 0 && slot.record.requests >= spec_.per_connection);
  }

  bool is_done(const Slot& slot, Nanoseconds now) const {
    if (spec_.repeat > 0) return has_sent_all(slot);
    return lives_on_time() && now >= slot.client.began + slot.client.lifetime;
  }

  /// Returns when the message to be sent now was due, and schedules the next one.
  Nanoseconds take_due(Slot& slot, Nanoseconds now) const {
    if (!is_open_loop()) return now;
    const Nanoseconds due = slot.due;
    slot.due += gap(slot);
    // After its last message, a client waits until its lifetime ends, and its schedule continues
    // from there. Without a lifetime no message is skipped: the connection may have been opened
    // long after its message was due.
    if (slot.client.lifetime > 0 && slot.requests() + 1 == spec_.repeat)
      slot.due = std::max(slot.due, slot.client.began + slot.client.lifetime);
    return due;
  }
  /// Undoes take_due(): the message will be sent again.
  void take_back(Slot& slot) const {
    if (!is_open_loop()) return;
    slot.due = slot.was_due;
    if (spec_.poisson) --slot.arrivals;
  }

  /// A request that opens its own connection begins with connect(), if it was due by then.
  bool has_own_connection() const { return spec_.per_connection == 1; }

  /// Calls `report` with the due time of each message not sent until then, and removes it from the
  /// schedule.
  template <typename Report>
  void miss(Slot& slot, Nanoseconds until, Report report) const {
    if (!is_open_loop() || slot.due == 0) return;
    for (; slot.due <= until; slot.due += gap(slot)) report(slot.due);
  }

  /// Until when a client that isn't replaced had messages scheduled, at most until `now`.
  Nanoseconds end_of_schedule(const Slot& slot, Nanoseconds now) const {
    if (spec_.repeat > 0) return has_sent_all(slot) ? 0 : now;
    return lives_on_time() ? std::min(now, slot.client.began + slot.client.lifetime) : now;
  }

 private:
  bool lives_on_time() const {
    return spec_.repeat == 0 && spec_.lifetime.kind != Lifetime::Kind::none;
  }

  Nanoseconds gap(Slot& slot) const {
    if (!spec_.poisson) return spec_.interval;
    const double random = unit(mix(slot.client.seed + ++slot.arrivals));
    return 1 + static_cast<Nanoseconds>(-std::log1p(-random) * static_cast<double>(spec_.interval));
  }

  Nanoseconds phase(const Slot& slot) const {
    constexpr double kGoldenRatio = 0.6180339887498949;  // its multiples fill [0, 1) evenly
    const double turn = static_cast<double>(slot.client.number) * kGoldenRatio;
    return static_cast<Nanoseconds>((turn - std::floor(turn)) *
                                    static_cast<double>(spec_.interval));
  }

  const LoadSpec& spec_;
};

}  // namespace c10k
