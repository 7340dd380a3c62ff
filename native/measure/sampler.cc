#include "measure/sampler.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "base/random.h"
#include "base/thread.h"

namespace c10k {
namespace {

/// Slice length in round trips of all connections, and its minimum.
constexpr double kRoundTrips = 10;
constexpr Nanoseconds kShortest = 20 * kMillisecond;
/// The minimum of slice pairs per measurement, needed for a confidence interval.
constexpr Nanoseconds kMinPairs = 6;
/// The payload that is a connection's turn if its answer takes longer: a round of large transfers
/// would outlast the slice.
constexpr double kTurnBytes = 1 << 20;
/// Fraction of the expected round trip at which polling for its completion starts.
constexpr double kPollFrom = 0.9;
/// Polling interval while waiting for a round trip or for outstanding answers.
constexpr Nanoseconds kPollInterval = 100'000;

/// Reduces this thread's wake-up delay next to busy threads: a short scheduler slice gives an early
/// deadline, sched_setattr(2), and the timer has no slack. Kernels that ignore the slice length
/// wake the thread later.
void reduce_wakeup_delay(const std::vector<int>& cpus) {
  struct Attributes {
    std::uint32_t size = sizeof(Attributes);
    std::uint32_t policy = SCHED_OTHER;
    std::uint64_t flags = 0;
    std::int32_t nice = 0;
    std::uint32_t priority = 0;
    std::uint64_t runtime = 100'000;
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
  } attributes;
  ::syscall(SYS_sched_setattr, 0, &attributes, 0);
  ::prctl(PR_SET_TIMERSLACK, 1);
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const int cpu : cpus) CPU_SET(cpu, &set);
  if (!cpus.empty()) ::sched_setaffinity(0, sizeof set, &set);
}

/// What connections were given so far: an answer each, or a part of one.
double turns_of(double answered, double payload) {
  return std::max(answered, payload / kTurnBytes);
}
double turns_of(const Subject& subject) {
  return turns_of(subject.answered(), subject.payload());
}

}  // namespace

Sampler::Sampler(const SamplerSpec& spec)
    : cpus_(spec.cpus), seed_(spec.seed), drain_timeout_(spec.drain_timeout) {
  for (const SubjectSpec& subject : spec.subjects) subjects_.emplace_back(subject);
}

void Sampler::shut() {
  for (Subject& subject : subjects_) subject.set(Gate::shut);
}

template <typename Body>
auto Sampler::on_own_thread(Body body) {
  decltype(body()) result{};
  std::exception_ptr failure;
  Thread([&] {
    reduce_wakeup_delay(cpus_);
    try {
      result = body();
    } catch (...) {
      failure = std::current_exception();
    }
  }).join();
  if (failure) std::rethrow_exception(failure);
  return result;
}

Stretch Sampler::window(Nanoseconds start, Nanoseconds end) {
  return on_own_thread([=, this] {
    Stretch stretch;
    Subject& subject = subjects_.front();
    sleep_until(start);
    stretch.opened = start;
    stretch.from = subject.read();
    sleep_until(end);
    stretch.to = subject.read();
    stretch.connections = subject.active();
    return stretch;
  });
}

std::vector<Stretch> Sampler::warm_up(Nanoseconds each) {
  return on_own_thread([=, this] {
    constexpr int kPairs = 2;
    std::vector<Stretch> done;
    const Nanoseconds length = std::max(kShortest, each / kPairs);
    for (int pair = 0; pair < kPairs; ++pair)
      if (!alternate(done, length, Gate::ramp, pair % 2 != 0)) break;
    return done;
  });
}

std::vector<Stretch> Sampler::slices(Nanoseconds each) {
  return on_own_thread([=, this] {
    std::vector<Stretch> done;
    const Nanoseconds length = slice_length(each);
    const Nanoseconds fewest = subjects_.size() < 2 ? 1 : kMinPairs;
    const Nanoseconds pairs = std::max(fewest, (each + length - 1) / length);
    for (std::uint64_t pair = 0; pair < static_cast<std::uint64_t>(pairs); ++pair) {
      // Two neighbouring pairs have opposite orders, so that drift favours neither subject.
      const bool first_order = mix(seed_ ^ mix(pair / 2)) & 1;
      if (!alternate(done, length, Gate::measured, first_order != (pair % 2 == 0))) break;
    }
    return done;
  });
}

void Sampler::over() {
  for (Subject& subject : subjects_) subject.set(Gate::over);
}

/// Measures one slice of each subject. False if no more slices can be measured.
bool Sampler::alternate(std::vector<Stretch>& done, Nanoseconds length, Gate gate, bool swapped) {
  const auto count = static_cast<unsigned>(subjects_.size());
  for (unsigned i = 0; i < count; ++i) {
    const unsigned subject = swapped ? count - 1 - i : i;
    if (stop_.requested() || failed_ || subjects_[subject].active() == 0) return false;
    done.push_back(slice(subject, length, gate));
    note_pace(done.back());
  }
  return true;
}

/// `gate`: the gate after the ramp.
Stretch Sampler::slice(unsigned index, Nanoseconds length, Gate gate) {
  Subject& served = subjects_[index];
  Stretch stretch;
  stretch.subject = index;
  stretch.opened = now();
  stretch.connections = served.active();
  const double turns_before = turns_of(served);
  served.set(Gate::ramp);
  sleep_until(stretch.opened + static_cast<Nanoseconds>(round_trip_[index] * kPollFrom));
  await_round(stretch, turns_before);
  if (gate != Gate::ramp) served.set(gate);
  const std::optional<Nanoseconds> idle_before = idle_cpu(index);
  stretch.from = served.read();
  sleep_until(stretch.from.at + length);
  await_round(stretch, turns_of(stretch.from.answered,
                                stretch.from.payload));  // the server may have been descheduled
  stretch.to = served.read();
  served.set(Gate::shut);
  const std::optional<Nanoseconds> idle_after = idle_cpu(index);
  if (idle_before && idle_after) stretch.idle_cpu = *idle_after - *idle_before;
  await_drained(stretch);
  return stretch;
}

std::optional<Nanoseconds> Sampler::idle_cpu(unsigned served) {
  if (subjects_.size() < 2) return std::nullopt;
  return subjects_[1 - served].read().server_cpu;
}

/// Waits until there have been as many turns since then as there are connections.
void Sampler::await_round(const Stretch& stretch, double turns_before) const {
  const Subject& subject = subjects_[stretch.subject];
  const Nanoseconds deadline = now() + drain_timeout_;
  while (turns_of(subject) - turns_before < stretch.connections && subject.active() > 0)
    if (now() > deadline || !sleep_until(now() + kPollInterval)) return;
}

void Sampler::await_drained(Stretch& stretch) {
  const Subject& subject = subjects_[stretch.subject];
  const Nanoseconds deadline = now() + drain_timeout_;
  while (!subject.is_drained()) {
    if (now() > deadline || !sleep_until(now() + kPollInterval)) {
      stretch.drained = false;
      failed_ = true;
      return;
    }
  }
  stretch.drained_at = now();
}

void Sampler::note_pace(const Stretch& stretch) {
  const double turns = turns_of(stretch.to.answered - stretch.from.answered,
                                stretch.to.payload - stretch.from.payload);
  const auto took = static_cast<double>(stretch.to.at - stretch.from.at);
  if (turns > 0) round_trip_[stretch.subject] = took / turns * stretch.connections;
}

Nanoseconds Sampler::slice_length(Nanoseconds each) const {
  if (subjects_.size() < 2) return each;
  const double slower = std::max(round_trip_[0], round_trip_[1]);
  const Nanoseconds longest = std::max(kShortest, each / kMinPairs);
  return std::clamp(static_cast<Nanoseconds>(kRoundTrips * slower), kShortest, longest);
}

/// False if a stop was requested meanwhile.
bool Sampler::sleep_until(Nanoseconds instant) const {
  const Nanoseconds rest = instant - now();
  return rest > 0 ? !stop_.wait(rest) : !stop_.requested();
}

}  // namespace c10k
