#include "load/phases.h"

#include "check.h"

namespace c10k::phases_test {
namespace {

struct Thread {
  LoadSpec spec;
  Conductor conductor{1};
  Meter meter;
  Timers timers;
  Phases phases;

  explicit Thread(const LoadSpec& with)
      : spec(with), meter(false, with.gated), phases(spec, conductor, meter, timers) {}
  void expect_timer(Nanoseconds at, Token token) {
    EQUAL(timers.next(), at);
    EQUAL(timers.take(), token);
  }
  Window window() {
    ThreadReport report;
    meter.fill(report);
    return report.window;
  }
};

LoadSpec window_of(Nanoseconds warmup, Nanoseconds duration) {
  LoadSpec spec;
  spec.warmup = warmup;
  spec.duration = duration;
  return spec;
}

TEST("the timer of the conductor's release is set once") {
  Thread thread{LoadSpec()};
  thread.phases.look_for_release();
  EQUAL(thread.timers.next(), Timers::kNever);
  thread.conductor.go(500);
  thread.phases.look_for_release();
  thread.phases.look_for_release();
  thread.expect_timer(500, Timers::kRelease);
  EQUAL(thread.timers.next(), Timers::kNever);
  CHECK(!thread.phases.is_released());
}

TEST("the window begins after the warm-up, and ends after its duration") {
  Thread thread(window_of(100, 500));
  thread.phases.release(1000);
  CHECK(thread.phases.is_released());
  thread.expect_timer(1100, Timers::kWindowStart);
  thread.expect_timer(1600, Timers::kDeadline);
  thread.expect_timer(1100 + kSecond, Timers::kSecondPassed);
  EQUAL(thread.timers.next(), Timers::kNever);
  CHECK(!thread.phases.is_window_over(1599));
  CHECK(thread.phases.is_window_over(1600));
  EQUAL(thread.window().start, 1100);
  EQUAL(thread.window().end, 1600);
}

TEST("without a warm-up the window begins with the traffic, without a duration it has no end") {
  Thread thread(window_of(0, 0));
  thread.phases.release(1000);
  thread.expect_timer(1000 + kSecond, Timers::kSecondPassed);
  EQUAL(thread.timers.next(), Timers::kNever);
  CHECK(!thread.phases.is_window_over(1000 + 3600 * kSecond));
  thread.phases.drained(3000);
  EQUAL(thread.window().start, 1000);
  EQUAL(thread.window().end, 3000);
  EQUAL(thread.window().observed, 2000);
}

TEST("with a gate only the timers of the seconds are set") {
  LoadSpec spec = window_of(100, 500);
  spec.gated = true;
  Thread thread(spec);
  thread.phases.release(1000);
  thread.expect_timer(1000 + kSecond, Timers::kSecondPassed);
  EQUAL(thread.timers.next(), Timers::kNever);
  CHECK(!thread.phases.is_window_over(5000));
}

TEST("each second sets the timer of the next, one second later") {
  Thread thread(window_of(0, 0));
  thread.phases.release(1000);
  thread.timers.take();
  thread.phases.second_passed();
  thread.expect_timer(1000 + 2 * kSecond, Timers::kSecondPassed);
}

TEST("drained() is ignored before the release") {
  Thread thread(window_of(0, 0));
  thread.phases.drained(500);
  thread.phases.release(1000);
  thread.phases.drained(1500);
  thread.phases.drained(1600);  // only the first call counts
  EQUAL(thread.window().end, 1500);
  thread.conductor.wait_drained();
}

TEST("a thread that gives up counts as connected and drained") {
  Thread thread{LoadSpec()};
  thread.phases.abandon(500);
  thread.conductor.wait_connected();
  thread.conductor.wait_drained();
}

TEST("a phase is over when the conductor finishes or aborts") {
  Thread finished{LoadSpec()};
  CHECK(!finished.phases.is_over());
  finished.conductor.finish();
  CHECK(finished.phases.is_over() && !finished.phases.is_aborted());
  Thread aborted{LoadSpec()};
  aborted.conductor.abort();
  CHECK(aborted.phases.is_over() && aborted.phases.is_aborted());
}

}  // namespace
}  // namespace c10k::phases_test
