#include "measure/subject.h"

#include <fcntl.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <limits>

#include "base/system_error.h"

namespace c10k {
namespace {

constexpr int kTries = 4;
constexpr Nanoseconds kNever = std::numeric_limits<Nanoseconds>::max();

}  // namespace

Subject::Subject(const SubjectSpec& spec)
    : threads_(spec.threads),
      board_(spec.threads, spec.board_fd),
      gate_event_(check(::fcntl(spec.gate_fd, F_DUPFD_CLOEXEC, 0), "fcntl")),
      server_(spec.server),
      client_(spec.client) {}

Reading Subject::read() {
  Reading best;
  Nanoseconds shortest = kNever;
  for (int i = 0; i < kTries && shortest > 2 * usual_; ++i) {
    const Nanoseconds before = now();
    const Reading reading = read_once();
    const Nanoseconds took = now() - before;
    usual_ = std::min(usual_, took);
    if (took >= shortest) continue;
    shortest = took;
    best = reading;
  }
  return best;
}

// Summing the clocks of thousands of threads takes a millisecond, so the counts are averaged to its
// middle.
Reading Subject::read_once() const {
  Reading reading;
  const Nanoseconds before = now();
  const double answered_before = answered();
  const double payload_before = payload();
  reading.server_cpu = server_.read();
  reading.answered = (answered_before + answered()) / 2;
  reading.payload = (payload_before + payload()) / 2;
  reading.at = before + (now() - before) / 2;
  reading.client_cpu = client_.read();
  return reading;
}

void Subject::set(Gate gate) {
  setting_ = Board::next(setting_, gate);
  board_.gate().store(setting_, std::memory_order_release);
  ::eventfd_write(gate_event_.get(), 1);
}

double Subject::answered() const {
  return sum_of(&Board::Line::answered);
}

double Subject::payload() const {
  return sum_of(&Board::Line::payload);
}

double Subject::sum_of(Counter Board::Line::*counter) const {
  std::uint64_t sum = 0;
  for (unsigned i = 0; i < threads_; ++i) sum += (board_.line(i).*counter).get();
  return static_cast<double>(sum);
}

unsigned Subject::active() const {
  unsigned sum = 0;
  for (unsigned i = 0; i < threads_; ++i)
    sum += board_.line(i).active.load(std::memory_order_acquire);
  return sum;
}

bool Subject::is_drained() const {
  for (unsigned i = 0; i < threads_; ++i)
    if (board_.line(i).drained.load(std::memory_order_acquire) != setting_) return false;
  return true;
}

}  // namespace c10k
