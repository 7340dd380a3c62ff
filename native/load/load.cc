#include "load/load.h"

#include "load/protocol/protocols.h"

namespace c10k {
namespace {

Board make_board(const LoadSpec& spec) {
  return spec.board_fd < 0 ? Board(spec.first_thread + spec.threads)
                           : Board(spec.board_threads, spec.board_fd);
}

}  // namespace

Load::Load(const LoadSpec& spec, Nanoseconds begin)
    : spec_(spec), board_(make_board(spec)), conductor_(spec.threads) {
  for (std::unique_ptr<ClientThread>& loop : make_client_threads(spec_, conductor_, board_))
    runners_.emplace_back().loop = std::move(loop);
  try {
    for (Runner& runner : runners_)
      threads_.emplace_back([this, &runner, begin] { run(runner, begin); });
  } catch (...) {
    abort();  // the threads that were started
    throw;
  }
}

void Load::run(Runner& runner, Nanoseconds begin) {
  try {
    runner.loop->run(begin);
  } catch (...) {
    runner.failure = std::current_exception();
    runner.failed.store(true, std::memory_order_release);
    conductor_.abort();  // the remaining threads can't produce the specified load
    wake_all();
    conductor_.connected();
    conductor_.drained();
  }
}

void Load::rethrow_failure() const {
  for (const Runner& runner : runners_)
    if (runner.failed.load(std::memory_order_acquire)) std::rethrow_exception(runner.failure);
}

void Load::wait_connected() {
  conductor_.wait_connected();
  rethrow_failure();
}

void Load::wait_drained() {
  conductor_.wait_drained();
  rethrow_failure();
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
  for (Runner& runner : runners_) reports.push_back(runner.loop->take_report());
  return reports;
}

void Load::abort() {
  conductor_.abort();
  wake_all();
}

Load::Snapshot Load::progress() const {
  Snapshot all;
  for (const Runner& runner : runners_) {
    const Progress& one = runner.loop->progress();
    all.connected += one.connected.get();
    all.open += one.open.get();
    all.requests += runner.loop->line().answered.get();
    all.payload += runner.loop->line().payload.get();
    all.failures += one.failures.get();
    all.retries += one.retries.get();
    all.last_second.push_back(runner.loop->last_second());
  }
  return all;
}

void Load::wake_all() const {
  for (const Runner& runner : runners_) runner.loop->wake();
}

}  // namespace c10k
