// Idle and write timeouts of connections.
#pragma once

#include <algorithm>

#include "account/ledger.h"
#include "base/clock.h"
#include "engine/linger.h"

namespace c10k {

/// 0: no limit.
struct Timeouts {
  /// A connection from which nothing is received for this long is closed.
  Nanoseconds idle = 0;
  /// A connection whose peer takes no byte of an answer for this long is closed.
  Nanoseconds write = 0;
};

/// Makes recv() and send() on a blocking socket fail with EAGAIN after these times: SO_RCVTIMEO and
/// SO_SNDTIMEO of socket(7).
void limit_waits(int fd, Timeouts timeouts);

/// The node of a waiting connection in a doubly linked list.
struct Waiting {
  Waiting* previous = nullptr;
  Waiting* next = nullptr;
  Nanoseconds since = 0;
  bool lingers = false;
};

/// Connections ordered by the start of their wait. All operations take constant time.
class WaitingList {
 public:
  WaitingList() { ends_.previous = ends_.next = &ends_; }
  WaitingList(const WaitingList&) = delete;
  WaitingList& operator=(const WaitingList&) = delete;

  void append(Waiting& item) {
    item.since = now();
    item.previous = ends_.previous;
    item.next = &ends_;
    item.previous->next = ends_.previous = &item;
  }
  static void remove(Waiting& item) {
    if (item.next == nullptr) return;
    item.previous->next = item.next;
    item.next->previous = item.previous;
    item.previous = item.next = nullptr;
  }
  /// Null if the list is empty.
  Waiting* oldest() const { return ends_.next == &ends_ ? nullptr : ends_.next; }

 private:
  Waiting ends_;
};

/// The waits of one loop's connections. Waits without a limit are not tracked. A connection that
/// lingers has no other wait.
class WaitLimits {
 public:
  static constexpr Nanoseconds kForever = -1;

  explicit WaitLimits(Timeouts timeouts)
      : timeouts_(timeouts), enabled_(timeouts.idle > 0 || timeouts.write > 0) {}

  bool limits_writes() const { return timeouts_.write > 0; }
  /// The connection starts to wait for bytes from its peer.
  void await_data(Waiting& item) {
    if (enabled_ && !item.lingers) move(item, timeouts_.idle, idle_);
  }
  /// The connection starts to wait until its peer takes bytes.
  void await_room(Waiting& item) {
    if (enabled_ && !item.lingers) move(item, timeouts_.write, blocked_);
  }
  /// The connection starts to linger.
  void await_end(Waiting& item) {
    move(item, kLingerTime, lingering_);
    item.lingers = true;
  }
  void forget(Waiting& item) {
    WaitingList::remove(item);
    item.lingers = false;
  }

  /// The shorter of `timeout` and the time until the next connection times out, rounded up to
  /// milliseconds, so that a wait in milliseconds doesn't end early.
  Nanoseconds shorten(Nanoseconds timeout) const {
    if (!is_tracking()) return timeout;
    timeout = shorter(timeout, remaining(lingering_, kLingerTime));
    timeout = shorter(timeout, remaining(idle_, timeouts_.idle));
    return shorter(timeout, remaining(blocked_, timeouts_.write));
  }

  /// Calls `close` with each connection that has timed out, and the reason; `close` must call
  /// forget().
  template <typename Close>
  void expire(Close close) {
    if (!is_tracking()) return;
    const Nanoseconds time = now();
    while (Waiting* item = overdue(lingering_, kLingerTime, time)) close(*item, CloseReason::end);
    while (Waiting* item = overdue(idle_, timeouts_.idle, time)) close(*item, CloseReason::idle);
    while (Waiting* item = overdue(blocked_, timeouts_.write, time))
      close(*item, CloseReason::stalled);
  }

 private:
  bool is_tracking() const { return enabled_ || lingering_.oldest() != nullptr; }
  static void move(Waiting& item, Nanoseconds limit, WaitingList& list) {
    WaitingList::remove(item);
    if (limit > 0) list.append(item);
  }
  static Nanoseconds shorter(Nanoseconds a, Nanoseconds b) {
    return a == kForever ? b : b == kForever ? a : std::min(a, b);
  }
  static Nanoseconds remaining(const WaitingList& list, Nanoseconds limit) {
    const Waiting* item = list.oldest();
    if (item == nullptr) return kForever;
    const Nanoseconds left = std::max<Nanoseconds>(item->since + limit - now(), 0);
    return (left + kMillisecond - 1) / kMillisecond * kMillisecond;
  }
  static Waiting* overdue(const WaitingList& list, Nanoseconds limit, Nanoseconds time) {
    Waiting* item = list.oldest();
    return item != nullptr && item->since + limit <= time ? item : nullptr;
  }

  const Timeouts timeouts_;
  const bool enabled_;
  WaitingList idle_;
  WaitingList blocked_;
  WaitingList lingering_;
};

}  // namespace c10k
