#include "load/deadlines.h"

#include "check.h"

namespace c10k::deadlines_test {
namespace {

using State = Slot::State;

constexpr Nanoseconds kTimeout = 50;

struct OneConnection {
  Slots slots{LoadSpec{}, 0};
  Slot& slot = slots[0];
  Deadlines deadlines{kTimeout};

  explicit OneConnection(State state) {
    slot.state = state;
    slot.record.opened = 100;
    deadlines.set(slot);
  }
  int expired(Nanoseconds at) {
    int count = 0;
    deadlines.expire(slots, at, [&](Slot&) { ++count; });
    return count;
  }
};

TEST("without connections there is no deadline") {
  EQUAL(Deadlines(kTimeout).next(), Timers::kNever);
}

TEST("a handshake expires at its exact deadline, once") {
  OneConnection one(State::connecting);
  EQUAL(one.deadlines.next(), 150);
  EQUAL(one.expired(149), 0);
  EQUAL(one.expired(150), 1);
  EQUAL(one.expired(1000), 0);
}

TEST("a connection that waits for nothing never expires") {
  OneConnection one(State::waiting);
  EQUAL(one.expired(150), 0);
  EQUAL(one.deadlines.next(), 200);
  EQUAL(one.expired(1000), 0);
  EQUAL(one.deadlines.next(), 1050);
}

TEST("a message has the full timeout from its send") {
  OneConnection one(State::conversing);
  one.slot.sent_at = 130;
  EQUAL(one.expired(150), 0);
  EQUAL(one.deadlines.next(), 180);
  EQUAL(one.expired(179), 0);
  EQUAL(one.expired(180), 1);
}

TEST("the deadline of an ended connection doesn't apply to the next one in its slot") {
  OneConnection one(State::connecting);
  ++one.slot.generation;
  EQUAL(one.expired(150), 0);
  EQUAL(one.deadlines.next(), Timers::kNever);
}

TEST("an idle connection has a deadline only for its handshake") {
  OneConnection connecting(State::connecting);
  connecting.slot.idle = true;
  EQUAL(connecting.expired(150), 1);
  OneConnection open(State::waiting);
  open.slot.idle = true;
  EQUAL(open.expired(150), 0);
  EQUAL(open.deadlines.next(), Timers::kNever);
}

}  // namespace
}  // namespace c10k::deadlines_test
