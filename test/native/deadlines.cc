#include "load/deadlines.h"

#include "check.h"

namespace c10k::deadlines_test {
namespace {

using State = Slot::State;

constexpr Nanoseconds kTimeout = 50;

struct OneConnection {
  Slots<Slot> slots{LoadSpec{}, 0};
  Slot& slot = slots[0];
  Deadlines deadlines;
  Failure failure = Failure::none;

  explicit OneConnection(State state, Nanoseconds stall = 0) : deadlines(kTimeout, stall) {
    slot.state = state;
    slot.record.opened = 100;
    deadlines.set(slot);
  }
  int expired(Nanoseconds at) {
    int count = 0;
    deadlines.expire(slots, at, [&](Slot&, Failure kind) {
      ++count;
      failure = kind;
    });
    return count;
  }
};

TEST("without connections there is no deadline") {
  EQUAL(Deadlines(kTimeout, 0).next(), Timers::kNever);
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
  EQUAL(one.failure, Failure::timed_out);
}

TEST("an exchange without progress stalls, and progress moves its deadline") {
  OneConnection one(State::conversing, 20);
  one.slot.sent_at = 105;
  EQUAL(one.deadlines.next(), 120);
  EQUAL(one.expired(120), 0);
  EQUAL(one.deadlines.next(), 125);
  one.slot.progressed_at = 118;
  EQUAL(one.expired(125), 0);
  EQUAL(one.expired(137), 0);
  EQUAL(one.expired(138), 1);
  EQUAL(one.failure, Failure::stalled);
}

TEST("the progress of an earlier exchange doesn't count") {
  OneConnection one(State::conversing, 20);
  one.slot.progressed_at = 110;
  one.slot.sent_at = 130;
  EQUAL(one.expired(149), 0);
  EQUAL(one.expired(150), 1);
}

TEST("progress doesn't extend the time for the whole answer") {
  OneConnection one(State::conversing, 20);
  one.slot.sent_at = 100;
  for (one.slot.progressed_at = 115; one.slot.progressed_at < 150; one.slot.progressed_at += 15)
    EQUAL(one.expired(one.slot.progressed_at), 0);
  EQUAL(one.expired(150), 1);
  EQUAL(one.failure, Failure::timed_out);
}

TEST("neither a handshake nor a connection that waits can stall") {
  OneConnection connecting(State::connecting, 20);
  EQUAL(connecting.expired(149), 0);
  EQUAL(connecting.expired(150), 1);
  EQUAL(connecting.failure, Failure::timed_out);
  OneConnection waiting(State::waiting, 20);
  EQUAL(waiting.expired(120), 0);
  EQUAL(waiting.deadlines.next(), 140);  // in time for a request that is sent from now on
  EQUAL(waiting.expired(1000), 0);
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
