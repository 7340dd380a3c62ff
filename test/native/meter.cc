#include "load/meter.h"

#include "check.h"

namespace c10k::meter_test {
namespace {

constexpr bool kOpenLoop = true;
constexpr bool kGated = true;

ThreadReport report_of(Meter& meter) {
  ThreadReport report;
  meter.fill(report);
  return report;
}

/// The number of recorded latencies of each kind.
std::uint64_t recorded(const ThreadReport& report, SparseHistogram Interval::*kind) {
  std::uint64_t sum = 0;
  for (const Interval& interval : report.intervals)
    for (const std::uint64_t count : (interval.*kind).count) sum += count;
  return sum;
}

TEST("a request belongs to the window from its first to its last instant") {
  Meter meter(!kOpenLoop, !kGated);
  meter.frame(100, 200);
  for (const Nanoseconds at : {99, 100, 200, 201}) meter.answered(at - 1, at - 1, at);
  EQUAL(report_of(meter).window.requests, 2U);
}

TEST("payload is counted when it moves, from the window's first to its last instant") {
  Meter meter(!kOpenLoop, !kGated);
  meter.moved(1, 150);
  meter.frame(100, 200);
  for (const Nanoseconds at : {99, 100, 200, 201}) meter.moved(10, at);
  EQUAL(report_of(meter).window.payload, 20U);
}

TEST("a slice's payload begins after its ramp and ends when the gate is shut") {
  Meter meter(!kOpenLoop, kGated);
  for (const Nanoseconds opened : {100, 200}) {
    meter.open_slice(opened);
    meter.moved(1, opened + 5);
    meter.measure_slice(opened + 10);
    meter.moved(10, opened + 20);
    meter.shut_slice(opened + 50);
    meter.moved(100, opened + 60);
  }
  EQUAL(report_of(meter).window.payload, 20U);
}

TEST("a message that is taken back was neither sent nor late") {
  Meter meter(kOpenLoop, !kGated);
  meter.frame(100, 10 * Meter::kLate);
  meter.sent(100, 150 + Meter::kLate);
  meter.taken_back(100, 150 + Meter::kLate);
  meter.taken_back(99, 150);  // it was due before the window
  const Window window = report_of(meter).window;
  EQUAL(window.sent, 0U);
  EQUAL(window.late, 0U);
}

TEST("latency belongs to the window in which the message was due") {
  Meter meter(kOpenLoop, !kGated);
  meter.frame(100, 200);
  meter.answered(99, 120, 150);   // due before the window: counts as a request, records no latency
  meter.answered(100, 120, 150);  // counts as a request and records a latency
  meter.answered(190, 190, 500);  // answered after the window: records a latency only
  const ThreadReport report = report_of(meter);
  EQUAL(report.window.requests, 2U);
  EQUAL(recorded(report, &Interval::service), 2U);
  EQUAL(recorded(report, &Interval::response), 2U);
  EQUAL(report.intervals.at(0).response.min, 50);
  EQUAL(report.intervals.at(0).response.max, 310);
  EQUAL(report.intervals.at(0).service.min, 30);
}

TEST("a message that outlasts the window also has a latency") {
  Meter meter(!kOpenLoop, !kGated);
  meter.frame(100, 200);
  meter.answered(99, 99, 201);
  const ThreadReport report = report_of(meter);
  EQUAL(report.window.requests, 0U);
  EQUAL(recorded(report, &Interval::service), 1U);
}

TEST("a closed loop has no response time") {
  Meter meter(!kOpenLoop, !kGated);
  meter.frame(100, 200);
  meter.answered(150, 150, 160);
  meter.lost(150, 170);
  const ThreadReport report = report_of(meter);
  EQUAL(recorded(report, &Interval::service), 1U);
  EQUAL(recorded(report, &Interval::response), 0U);
}

TEST("a message is late when it is sent more than a millisecond after it was due") {
  Meter meter(kOpenLoop, !kGated);
  meter.frame(100, kSecond);
  meter.sent(99, kSecond);
  EQUAL(report_of(meter).window.sent, 0U);
  meter.sent(100, 100 + Meter::kLate);
  EQUAL(report_of(meter).window.late, 0U);
  meter.sent(100, 101 + Meter::kLate);
  const Window window = report_of(meter).window;
  EQUAL(window.sent, 2U);
  EQUAL(window.late, 1U);
}

TEST("an unsent message counts if it was due in the window, bounds included") {
  Meter meter(kOpenLoop, !kGated);
  meter.frame(100, 200);
  for (const Nanoseconds due : {99, 100, 200, 201}) meter.dropped(due, 250);
  const ThreadReport report = report_of(meter);
  EQUAL(report.window.dropped, 2U);
  EQUAL(recorded(report, &Interval::response), 2U);
  EQUAL(report.intervals.at(0).response.max, 150);
}

TEST("the latency of an unanswered message is at least the time until the window's end") {
  Meter meter(kOpenLoop, !kGated);
  meter.frame(100, 200);
  meter.lost(99, 150);
  meter.lost(150, 160);
  meter.lost(150, 300);
  const ThreadReport report = report_of(meter);
  EQUAL(recorded(report, &Interval::response), 2U);
  EQUAL(report.intervals.at(0).response.min, 50);
  EQUAL(report.intervals.at(0).response.max, 150);
}

TEST("without a window end, the latency of a lost message lasts until its connection failed") {
  Meter meter(kOpenLoop, !kGated);
  meter.frame(100, Meter::kNever);
  meter.lost(150, 170);
  EQUAL(report_of(meter).intervals.at(0).response.max, 20);
}

TEST("a window ends at its set time, or earlier with the traffic") {
  Meter later(!kOpenLoop, !kGated);
  later.frame(100, 200);
  later.start();
  later.end(300);
  EQUAL(report_of(later).window.end, 200);
  EQUAL(report_of(later).window.observed, 100);
  Meter earlier(!kOpenLoop, !kGated);
  earlier.frame(100, 200);
  earlier.start();
  earlier.end(150);
  earlier.end(120);  // only the first call counts
  EQUAL(report_of(earlier).window.end, 150);
  EQUAL(report_of(earlier).window.observed, 50);
}

TEST("a second without an answer is omitted, and the next keeps its number") {
  Meter meter(!kOpenLoop, !kGated);
  meter.frame(0, Meter::kNever);
  meter.answered(10, 10, 20);
  meter.take_second();
  meter.take_second();
  meter.answered(10, 10, 20);
  const ThreadReport report = report_of(meter);
  EQUAL(report.intervals.size(), 2U);
  EQUAL(report.intervals.at(0).second, 0U);
  EQUAL(report.intervals.at(1).second, 2U);
}

TEST("the last second holds response times in an open loop, otherwise service times") {
  for (const bool open_loop : {true, false}) {
    Meter meter(open_loop, !kGated);
    meter.frame(0, Meter::kNever);
    EQUAL(meter.last_second().index.size(), 0U);
    meter.answered(10, 40, 60);
    meter.take_second();
    EQUAL(meter.last_second().max, open_loop ? 50 : 20);
    meter.take_second();
    EQUAL(meter.last_second().index.size(), 0U);
  }
}

TEST("in a slice, only answers after its ramp count") {
  Meter meter(!kOpenLoop, kGated);
  meter.open_slice(100);
  meter.answered(105, 105, 109);
  meter.measure_slice(110);
  meter.answered(109, 109, 110);
  meter.answered(150, 150, 160);
  meter.shut_slice(200);
  meter.answered(199, 199, 201);
  const ThreadReport report = report_of(meter);
  EQUAL(report.window.requests, 2U);
  EQUAL(recorded(report, &Interval::service), 2U);
}

TEST("an answer after its slice has a latency if it took longer than the ramp") {
  Meter meter(!kOpenLoop, kGated);
  meter.open_slice(100);
  meter.measure_slice(110);
  meter.shut_slice(200);
  meter.answered(195, 195, 205);  // latency equal to the ramp
  EQUAL(recorded(report_of(meter), &Interval::service), 0U);
  meter.answered(195, 195, 206);
  const ThreadReport report = report_of(meter);
  EQUAL(report.window.requests, 0U);
  EQUAL(recorded(report, &Interval::service), 1U);
}

TEST("the window spans the first to the last slice, and only slices are observed") {
  Meter meter(!kOpenLoop, kGated);
  for (const Nanoseconds at : {100, 1000}) {
    meter.open_slice(at);
    meter.measure_slice(at + 10);
    meter.shut_slice(at + 60);
  }
  meter.open_slice(2000);
  meter.shut_slice(2060);  // never measured
  meter.end(3000);
  const Window window = report_of(meter).window;
  EQUAL(window.start, 110);
  EQUAL(window.end, 1060);
  EQUAL(window.observed, 100);
}

TEST("the end of the traffic ends a measured slice") {
  Meter meter(!kOpenLoop, kGated);
  meter.open_slice(100);
  meter.measure_slice(110);
  meter.end(150);
  const Window window = report_of(meter).window;
  EQUAL(window.end, 150);
  EQUAL(window.observed, 40);
}

}  // namespace
}  // namespace c10k::meter_test
