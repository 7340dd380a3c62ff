#include "load/timers.h"

#include "check.h"

namespace c10k::timers_test {
namespace {

TEST("without timers nothing is due") {
  const Timers timers;
  EQUAL(timers.next(), Timers::kNever);
}

TEST("the earliest timer comes first, in any order of setting") {
  Timers timers;
  timers.set(30, 3);
  timers.set(10, 1);
  timers.set(20, 2);
  EQUAL(timers.next(), 10);
  EQUAL(timers.take(), 1U);
  timers.set(5, 4);
  EQUAL(timers.take(), 4U);
  EQUAL(timers.take(), 2U);
  EQUAL(timers.take(), 3U);
  EQUAL(timers.next(), Timers::kNever);
}

TEST("all timers of the same time are returned") {
  Timers timers;
  timers.set(10, 2);
  timers.set(10, 1);
  timers.set(10, 2);
  EQUAL(timers.take() + timers.take() + timers.take(), 5U);
  EQUAL(timers.next(), Timers::kNever);
}

TEST("tokens that belong to no connection differ from each other and from those of slots") {
  const Token special[] = {Timers::kWake,         Timers::kRelease,  Timers::kWindowStart,
                           Timers::kSecondPassed, Timers::kDeadline, Timers::kGate};
  const SlotId slot{.index = 1'000'000, .generation = 0xffff'ffff};
  for (const Token& one : special) {
    CHECK(one > slot.token());
    for (const Token& other : special) EQUAL(one == other, &one == &other);
  }
}

}  // namespace
}  // namespace c10k::timers_test
