#include "load/slice_gate.h"

#include "check.h"

namespace c10k::slice_gate_test {
namespace {

using Turn = SliceGate::Turn;

struct Gated {
  std::atomic<Board::Setting> setting{0};
  Board::Line line;
  Meter meter{false, true};
  SliceGate gate{setting, line};

  void set(Gate next) { setting = Board::next(setting, next); }
  Turn look(Nanoseconds at) { return gate.look(meter, at); }
  Turn turn(Gate next, Nanoseconds at) {
    set(next);
    return look(at);
  }
  Window window() {
    ThreadReport report;
    meter.fill(report);
    return report.window;
  }
};

TEST("a setting is seen once") {
  Gated gated;
  EQUAL(gated.look(1), Turn::none);
  EQUAL(gated.turn(Gate::shut, 2), Turn::shut);
  EQUAL(gated.look(3), Turn::none);
}

TEST("a slice begins with its ramp, and goes on while it is measured") {
  Gated gated;
  gated.turn(Gate::shut, 10);
  EQUAL(gated.turn(Gate::ramp, 20), Turn::begin);
  EQUAL(gated.gate.opened(), 20);
  EQUAL(gated.turn(Gate::measured, 30), Turn::none);
  EQUAL(gated.gate.opened(), 20);
  EQUAL(gated.turn(Gate::shut, 70), Turn::shut);
  const Window window = gated.window();
  EQUAL(window.start, 30);
  EQUAL(window.end, 70);
  EQUAL(window.observed, 40);
}

TEST("a missed ramp begins with the measurement") {
  Gated gated;
  gated.turn(Gate::shut, 10);
  gated.set(Gate::ramp);
  EQUAL(gated.turn(Gate::measured, 30), Turn::begin);
  EQUAL(gated.gate.opened(), 30);
  gated.turn(Gate::shut, 70);
  EQUAL(gated.window().observed, 40);
}

TEST("a missed shut gate still ends the slice") {
  Gated gated;
  gated.turn(Gate::ramp, 10);
  gated.turn(Gate::measured, 20);
  gated.set(Gate::shut);
  EQUAL(gated.turn(Gate::ramp, 50), Turn::begin);
  EQUAL(gated.gate.opened(), 50);
  EQUAL(gated.window().observed, 30);
}

TEST("the end of the traffic ends the slice under way") {
  Gated gated;
  gated.turn(Gate::ramp, 10);
  EQUAL(gated.turn(Gate::over, 20), Turn::over);
  CHECK(!gated.gate.is_open());
}

TEST("the gate is open or shut as set, even if the setting was not yet seen") {
  Gated gated;
  CHECK(gated.gate.is_open());
  gated.set(Gate::shut);
  CHECK(!gated.gate.is_open());
  gated.set(Gate::ramp);
  CHECK(gated.gate.is_open());
}

TEST("a held connection is released once") {
  Gated gated;
  Slot slot;
  CHECK(!gated.gate.release(slot));
  EQUAL(gated.gate.held(), 0U);
  gated.gate.hold(slot);
  CHECK(slot.held);
  EQUAL(gated.gate.held(), 1U);
  CHECK(gated.gate.release(slot));
  CHECK(!slot.held);
  EQUAL(gated.gate.held(), 0U);
  CHECK(!gated.gate.release(slot));
  EQUAL(gated.gate.held(), 0U);
}

TEST("the drained setting is the one that was seen, not a later one") {
  Gated gated;
  gated.turn(Gate::shut, 10);
  const Board::Setting seen = gated.setting;
  gated.set(Gate::ramp);
  gated.gate.drained();
  EQUAL(gated.line.drained.load(), seen);
}

}  // namespace
}  // namespace c10k::slice_gate_test
