#include "load/pacer.h"

#include "check.h"

namespace c10k::pacer_test {
namespace {

constexpr Nanoseconds kBegin = 1000;

Lifetime fixed(Nanoseconds length) {
  return {Lifetime::Kind::fixed, length, 0};
}

LoadSpec open_loop(Nanoseconds interval, std::uint64_t repeat = 0) {
  LoadSpec spec;
  spec.interval = interval;
  spec.repeat = repeat;
  return spec;
}

std::vector<Nanoseconds> missed(const Pacer& pacer, Slot& slot, Nanoseconds until) {
  std::vector<Nanoseconds> all;
  pacer.miss(slot, until, [&](Nanoseconds due) { all.push_back(due); });
  return all;
}

TEST("in a closed loop a message is due at once, when it is sent") {
  LoadSpec spec;
  spec.repeat = 2;
  const Pacer pacer(spec);
  Slot slot;
  pacer.begin(slot, kBegin);
  EQUAL(pacer.due(slot), 0);
  EQUAL(pacer.take_due(slot, 1234), 1234);
}

TEST("in a closed loop messages are spread over the lifetime, which ends after the last") {
  LoadSpec spec;
  spec.repeat = 4;
  spec.lifetime = fixed(100);
  const Pacer pacer(spec);
  Slot slot;
  pacer.begin(slot, kBegin);
  for (const Nanoseconds due : {1000, 1025, 1050, 1075}) {
    CHECK(!pacer.is_done(slot, due));
    EQUAL(pacer.due(slot), due);
    ++slot.record.requests;
  }
  EQUAL(pacer.due(slot), 1100);
  CHECK(pacer.is_done(slot, 1100));
}

TEST("a connection with a lifetime is done exactly when it expires") {
  LoadSpec spec;
  spec.repeat = 0;
  spec.lifetime = fixed(100);
  const Pacer pacer(spec);
  Slot slot;
  pacer.begin(slot, kBegin);
  CHECK(!pacer.is_done(slot, 1099));
  CHECK(pacer.is_done(slot, 1100));
}

TEST("without a message count and a lifetime a connection is never done") {
  LoadSpec spec;
  spec.repeat = 0;
  const Pacer pacer(spec);
  Slot slot;
  pacer.begin(slot, kBegin);
  slot.record.requests = 1'000'000;
  CHECK(!pacer.is_done(slot, kBegin + 3600 * kSecond));
}

TEST("the first messages of an open loop are spread over one interval") {
  const LoadSpec spec = open_loop(1000);
  const Pacer pacer(spec);
  bool in_tenth[10] = {};
  for (std::uint64_t number = 0; number < 20; ++number) {
    Slot slot;
    slot.client.number = number;
    pacer.begin(slot, kBegin);
    const Nanoseconds phase = pacer.due(slot) - kBegin;
    CHECK(phase >= 0 && phase < 1000);
    in_tenth[phase / 100] = true;
  }
  for (const bool taken : in_tenth) CHECK(taken);
}

TEST("an open loop keeps its schedule even if messages are sent late") {
  const LoadSpec spec = open_loop(100);
  const Pacer pacer(spec);
  Slot slot;
  pacer.begin(slot, kBegin);
  EQUAL(pacer.take_due(slot, 1005), 1000);
  EQUAL(pacer.take_due(slot, 1999), 1100);
  EQUAL(pacer.due(slot), 1200);
}

TEST("a client that replaces another takes over its schedule") {
  const LoadSpec spec = open_loop(100);
  const Pacer pacer(spec);
  Slot slot;
  pacer.begin(slot, kBegin);
  pacer.take_due(slot, kBegin);
  slot.client = {};
  pacer.begin(slot, 5000);
  EQUAL(slot.client.began, 5000);
  EQUAL(pacer.due(slot), 1100);
}

TEST("in an open loop a lifetime ends before a message that is due later") {
  LoadSpec spec = open_loop(100);
  spec.lifetime = fixed(150);
  const Pacer pacer(spec);
  Slot slot;
  pacer.begin(slot, kBegin);
  pacer.take_due(slot, 1000);
  EQUAL(pacer.due(slot), 1100);
  pacer.take_due(slot, 1100);
  EQUAL(pacer.due(slot), 1150);
}

TEST("in an open loop a connection that has sent all messages waits for the end of its lifetime") {
  LoadSpec spec = open_loop(100, 2);
  spec.lifetime = fixed(1000);
  const Pacer pacer(spec);
  Slot slot;
  pacer.begin(slot, kBegin);
  pacer.take_due(slot, 1000);
  ++slot.record.requests;
  pacer.take_due(slot, 1100);
  ++slot.record.requests;
  EQUAL(pacer.due(slot), 2000);
  CHECK(pacer.is_done(slot, 2000));
  EQUAL(slot.due, 2000);  // the schedule continues from there
}

TEST(
    "without a lifetime a connection ends with its last message and skips none of its "
    "replacement") {
  const LoadSpec spec = open_loop(100, 1);
  const Pacer pacer(spec);
  Slot slot;
  pacer.begin(slot, kBegin);
  slot.client.began = 9000;  // opened long after its message was due
  EQUAL(pacer.take_due(slot, 9000), 1000);
  EQUAL(slot.due, 1100);
  ++slot.record.requests;
  EQUAL(pacer.due(slot), 0);
}

TEST("a message due at the exact end was missed, and a later one was not") {
  const LoadSpec spec = open_loop(100);
  const Pacer pacer(spec);
  Slot slot;
  pacer.begin(slot, kBegin);
  CHECK(missed(pacer, slot, 999).empty());
  CHECK(missed(pacer, slot, 1200) == std::vector<Nanoseconds>({1000, 1100, 1200}));
  EQUAL(pacer.due(slot), 1300);
  CHECK(missed(pacer, slot, 1299).empty());
}

TEST("nothing is missed in a closed loop or before a connection's schedule begins") {
  const LoadSpec closed;
  Slot slot;
  CHECK(missed(Pacer(closed), slot, kSecond).empty());
  const LoadSpec spec = open_loop(100);
  CHECK(missed(Pacer(spec), slot, kSecond).empty());
}

TEST("the schedule of a connection ends with its message count, its lifetime, or now") {
  const LoadSpec counted = open_loop(100, 1);
  Slot slot;
  slot.client.began = kBegin;
  EQUAL(Pacer(counted).end_of_schedule(slot, 5000), 5000);
  slot.record.requests = 1;
  EQUAL(Pacer(counted).end_of_schedule(slot, 5000), 0);

  LoadSpec timed = open_loop(100);
  EQUAL(Pacer(timed).end_of_schedule(slot, 5000), 5000);
  timed.lifetime = fixed(100);
  slot.client.lifetime = 100;
  EQUAL(Pacer(timed).end_of_schedule(slot, 5000), 1100);
  EQUAL(Pacer(timed).end_of_schedule(slot, 1050), 1050);
}

TEST("Poisson arrivals never coincide, even at short intervals") {
  LoadSpec spec = open_loop(1);
  spec.poisson = true;
  const Pacer pacer(spec);
  Slot slot;
  pacer.begin(slot, kBegin);
  for (int i = 0; i < 100; ++i) CHECK(pacer.take_due(slot, 0) < slot.due);
}

TEST("a client's next connection keeps its beginning, its lifetime and its schedule") {
  LoadSpec spec = open_loop(100);
  spec.lifetime = fixed(1000);
  const Pacer pacer(spec);
  Slot slot;
  pacer.begin(slot, kBegin);
  pacer.take_due(slot, kBegin);
  slot.record = {};
  pacer.begin(slot, 1050);
  EQUAL(slot.record.free_at, 1050);
  EQUAL(slot.client.began, kBegin);
  EQUAL(slot.record.lifetime, 1000);
  EQUAL(pacer.due(slot), 1100);
}

TEST("a client's messages count over all its connections") {
  LoadSpec spec;
  spec.repeat = 3;
  const Pacer pacer(spec);
  Slot slot;
  slot.client.requests_before = 2;
  CHECK(!pacer.is_done(slot, kBegin));
  ++slot.record.requests;
  CHECK(pacer.is_done(slot, kBegin));
}

TEST("a connection is used up by its number of messages, or by an answer that closes it") {
  LoadSpec spec;
  spec.per_connection = 2;
  Slot slot;
  slot.client.requests_before = 7;
  slot.record.requests = 1;
  CHECK(!Pacer(spec).is_used_up(slot));
  ++slot.record.requests;
  CHECK(Pacer(spec).is_used_up(slot));
  const LoadSpec unlimited;
  CHECK(!Pacer(unlimited).is_used_up(slot));
  slot.is_used_up = true;
  CHECK(Pacer(unlimited).is_used_up(slot));
}

TEST("a message that is taken back is due again, and the schedule after it is the same") {
  for (const bool poisson : {false, true}) {
    LoadSpec spec = open_loop(kMillisecond);
    spec.poisson = poisson;
    const Pacer pacer(spec);
    Slot slot;
    pacer.begin(slot, kBegin);
    slot.was_due = pacer.take_due(slot, 0);
    const Nanoseconds next = slot.due;
    pacer.take_back(slot);
    EQUAL(pacer.take_due(slot, 0), slot.was_due);
    EQUAL(slot.due, next);
  }
}

TEST("Poisson arrivals have the given mean and are determined by their seed") {
  LoadSpec spec = open_loop(kMillisecond);
  spec.poisson = true;
  const Pacer pacer(spec);
  Slot slot;
  Slot twin;
  Slot other;
  slot.client.seed = twin.client.seed = 1;
  other.client.seed = 2;
  for (Slot* each : {&slot, &twin, &other}) pacer.begin(*each, kBegin);
  CHECK(slot.due > kBegin);
  CHECK(slot.due != other.due);
  Nanoseconds last = 0;
  for (int i = 0; i < 10'000; ++i) {
    last = pacer.take_due(slot, 0);
    EQUAL(pacer.take_due(twin, 0), last);
  }
  const Nanoseconds mean = (last - kBegin) / 10'000;
  CHECK(mean > kMillisecond * 97 / 100 && mean < kMillisecond * 103 / 100);
}

}  // namespace
}  // namespace c10k::pacer_test
