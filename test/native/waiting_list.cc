#include "check.h"
#include "engine/timeouts.h"

namespace c10k::waiting_list_test {
namespace {

TEST("an empty list has no oldest") {
  EQUAL(WaitingList().oldest(), nullptr);
}

TEST("the oldest item is the one appended first") {
  WaitingList list;
  Waiting first, second;
  list.append(first);
  list.append(second);
  EQUAL(list.oldest(), &first);
  CHECK(first.since <= second.since);
  WaitingList::remove(first);
  EQUAL(list.oldest(), &second);
  WaitingList::remove(second);
  EQUAL(list.oldest(), nullptr);
}

TEST("an item in the middle can be removed and appended again at the end") {
  WaitingList list;
  Waiting first, second, third;
  for (Waiting* each : {&first, &second, &third}) list.append(*each);
  WaitingList::remove(second);
  list.append(second);
  WaitingList::remove(first);
  EQUAL(list.oldest(), &third);
  WaitingList::remove(third);
  EQUAL(list.oldest(), &second);
}

TEST("removing an item that is in no list has no effect") {
  Waiting alone;
  WaitingList::remove(alone);
  WaitingList list;
  list.append(alone);
  WaitingList::remove(alone);
  WaitingList::remove(alone);
  EQUAL(list.oldest(), nullptr);
}

TEST("removing an item twice doesn't affect later items") {
  WaitingList list;
  Waiting first, second, third, fourth;
  list.append(first);
  list.append(second);
  WaitingList::remove(second);
  WaitingList::remove(first);
  list.append(third);
  WaitingList::remove(second);
  list.append(fourth);
  EQUAL(list.oldest(), &third);
  WaitingList::remove(third);
  EQUAL(list.oldest(), &fourth);
}

TEST("without limits no wait is shortened and nothing expires") {
  WaitLimits limits({});
  Waiting item;
  limits.await_data(item);
  limits.await_room(item);
  EQUAL(limits.shorten(7), 7);
  EQUAL(limits.shorten(WaitLimits::kForever), WaitLimits::kForever);
  limits.expire([](Waiting&, CloseReason) { CHECK(false); });
  limits.forget(item);
}

TEST("a lingering connection has no other wait, also without limits") {
  for (const Timeouts timeouts : {Timeouts{}, Timeouts{.idle = 1, .write = 1}}) {
    WaitLimits limits(timeouts);
    Waiting item;
    limits.await_data(item);
    limits.await_end(item);
    limits.await_data(item);
    limits.await_room(item);
    const Nanoseconds left = limits.shorten(WaitLimits::kForever);
    CHECK(left >= item.since + kLingerTime - now() && left <= kLingerTime);
    limits.expire([](Waiting&, CloseReason) { CHECK(false); });
    limits.forget(item);
    EQUAL(limits.shorten(WaitLimits::kForever), WaitLimits::kForever);
  }
}

TEST("a connection that lingers for too long expires with the reason end") {
  WaitLimits limits({});
  Waiting item;
  limits.await_end(item);
  item.since -= kLingerTime;
  int closed = 0;
  limits.expire([&](Waiting& waiting, CloseReason reason) {
    ++closed;
    EQUAL(reason, CloseReason::end);
    limits.forget(waiting);
  });
  EQUAL(closed, 1);
}

TEST("a lingering session discards up to a limit and completes nothing") {
  LingeringSession session;
  Outbox out;
  const std::string some(1 << 20, 'x');
  for (std::uint64_t sent = 0; sent < kLingerBytes; sent += some.size()) {
    CHECK(!out.finished());
    const Done done = session.on_data(bytes_of(some), out);
    EQUAL(done.requests + done.refused, 0U);
  }
  CHECK(!out.finished());
  session.on_data(bytes_of("x"), out);
  CHECK(out.finished() && out.empty());
}

TEST("a shortened wait is rounded up to milliseconds") {
  WaitLimits limits({.idle = 3600 * kSecond, .write = 0});
  EQUAL(limits.shorten(WaitLimits::kForever), WaitLimits::kForever);
  Waiting item;
  limits.await_data(item);
  const Nanoseconds left = limits.shorten(WaitLimits::kForever);
  CHECK(left >= item.since + 3600 * kSecond - now() && left <= 3600 * kSecond);
  EQUAL(left % kMillisecond, 0);
  EQUAL(limits.shorten(kMillisecond), kMillisecond);
  limits.forget(item);
  EQUAL(limits.shorten(WaitLimits::kForever), WaitLimits::kForever);
}

TEST("a kind of wait without a limit never expires") {
  WaitLimits limits({.idle = 0, .write = 3600 * kSecond});
  Waiting item;
  limits.await_room(item);
  limits.await_data(item);
  limits.expire([](Waiting&, CloseReason) { CHECK(false); });
  EQUAL(limits.shorten(WaitLimits::kForever), WaitLimits::kForever);
}

TEST("a timed-out item is reported with its reason, only if there is a limit") {
  WaitLimits limits({.idle = 1, .write = 3600 * kSecond});
  Waiting idle, blocked;
  limits.await_data(idle);
  limits.await_data(blocked);
  limits.await_room(blocked);
  while (now() <= idle.since) {
  }
  int expired = 0;
  limits.expire([&](Waiting& item, CloseReason reason) {
    ++expired;
    EQUAL(&item, &idle);
    EQUAL(reason, CloseReason::idle);
    limits.forget(item);
  });
  EQUAL(expired, 1);
  EQUAL(limits.shorten(0), 0);
  limits.forget(blocked);
}

}  // namespace
}  // namespace c10k::waiting_list_test
