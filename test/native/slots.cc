#include "load/slots.h"

#include <algorithm>

#include "check.h"

namespace c10k::slots_test {
namespace {

LoadSpec spec_of(std::uint32_t connections, std::uint32_t idle, std::uint32_t threads) {
  LoadSpec spec;
  spec.connections = connections;
  spec.idle = idle;
  spec.threads = threads;
  return spec;
}

TEST("clients are divided evenly among threads, the first threads have one more") {
  const LoadSpec spec = spec_of(10, 4, 3);
  const std::size_t busy[] = {4, 3, 3};
  const std::size_t all[] = {6, 4, 4};
  for (unsigned thread = 0; thread < 3; ++thread) {
    Slots<Slot> slots(spec, thread);
    const auto idle = std::ranges::count_if(slots, [](const Slot& slot) { return slot.idle; });
    EQUAL(slots.size() - static_cast<std::size_t>(idle), busy[thread]);
    EQUAL(slots.size(), all[thread]);
  }
}

TEST("a thread without clients has no slots") {
  const Slots<Slot> slots(spec_of(1, 0, 2), 1);
  EQUAL(slots.size(), 0U);
}

TEST("idle clients come first, and each slot knows its index") {
  Slots<Slot> slots(spec_of(2, 1, 1), 0);
  CHECK(slots[0].idle);
  CHECK(!slots[1].idle && !slots[2].idle);
  for (std::uint32_t i = 0; i < 3; ++i) EQUAL(slots[i].index, i);
}

TEST("a token finds its connection and not the next one in the slot") {
  Slots<Slot> slots(spec_of(2, 0, 1), 0);
  const Token first = slots[1].token();
  EQUAL(slots.find(first), &slots[1]);
  ++slots[1].generation;
  EQUAL(slots.find(first), nullptr);
  EQUAL(slots.find(slots[1].token()), &slots[1]);
  EQUAL(slots.find(slots[0].token()), &slots[0]);
}

TEST("generations wrap around") {
  Slots<Slot> slots(spec_of(1, 0, 1), 0);
  slots[0].generation = 0xffff'ffff;
  const Token last = slots[0].token();
  EQUAL(slots.find(last), &slots[0]);
  ++slots[0].generation;
  EQUAL(slots[0].token(), 0U);
  EQUAL(slots.find(last), nullptr);
  EQUAL(slots.find(0), &slots[0]);
}

TEST("prefetching a token without a slot is allowed") {
  const Slots<Slot> slots(spec_of(1, 0, 1), 0);
  slots.prefetch(0);
  slots.prefetch(1);
  slots.prefetch(~Token{0});
}

}  // namespace
}  // namespace c10k::slots_test
