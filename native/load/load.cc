#include "load/load.h"

namespace c10k {
namespace {

Messages make_messages(const LoadSpec& spec) {
  if (!spec.text.empty()) return Messages(spec.text);
  return Messages(spec.size_low, spec.size_high, spec.seed);
}

}  // namespace

Load::Load(const LoadSpec& spec, Nanoseconds begin)
    : spec_(spec), messages_(make_messages(spec)), conductor_(spec.threads) {
  for (unsigned i = 0; i < spec_.threads; ++i)
    loops_.push_back(std::make_unique<ClientLoop>(spec_, i, messages_, conductor_));
  try {
    for (auto& loop : loops_) threads_.emplace_back([&loop = *loop, begin] { loop.run(begin); });
  } catch (...) {
    abort();  // those that did start
    throw;
  }
}

void Load::go(Nanoseconds at) {
  conductor_.go(at);
  wake_all();
}

std::vector<ThreadReport> Load::finish() {
  conductor_.finish();
  wake_all();
  for (Thread& thread : threads_) thread.join();
  std::vector<ThreadReport> reports;
  for (auto& loop : loops_) reports.push_back(loop->take_report());
  return reports;
}

void Load::abort() {
  conductor_.abort();
  wake_all();
}

Load::Snapshot Load::progress() const {
  Snapshot all;
  for (const auto& loop : loops_) {
    const Progress& one = loop->progress();
    all.connected += one.connected.load(std::memory_order_relaxed);
    all.open += one.open.load(std::memory_order_relaxed);
    all.requests += one.requests.load(std::memory_order_relaxed);
    all.failures += one.failures.load(std::memory_order_relaxed);
    all.last_second.push_back(loop->last_second());
  }
  return all;
}

void Load::wake_all() const {
  for (const auto& loop : loops_) loop->wake();
}

}  // namespace c10k
