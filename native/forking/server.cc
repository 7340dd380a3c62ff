#include "forking/server.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <vector>

#include "base/system_error.h"
#include "engine/blocking.h"
#include "forking/row_file.h"
#include "forking/signals.h"

namespace c10k {
namespace {

/// The time for children to end after a stop request, before they are killed.
constexpr Nanoseconds kStopTimeout = 2 * kSecond;

ForkingServer* running = nullptr;

/// What a child has counted of its connection by itself.
void add_counts(ConnectionRecord& record, const Totals& before, const Counters& counters) {
  Totals after{};
  counters.add_to(after);
  const auto counted = [&](Count kind) {
    const auto i = static_cast<std::size_t>(kind);
    return after[i] - before[i];
  };
  record.requests = counted(Count::requests);
  record.refused = counted(Count::refused);
  record.bytes_in = counted(Count::bytes_in);
  record.bytes_out = counted(Count::bytes_out);
}

}  // namespace

ForkingServer::ForkingServer(const ForkingSpec& spec, Service& service)
    : spec_(spec),
      listener_(spec.listener),
      service_(service),
      table_(spec.table),
      counters_(table_.head().counters),
      transfers_(spec.transfers, table_.head().transfers) {
  if (spec.lists_transfers) service_.record_transfers(transfers_);
  running = this;
  listener_.set_blocking(true);
  handle_signals(spec.listener, on_child_end);
}

ForkingServer::~ForkingServer() {
  running = nullptr;
}

void ForkingServer::run() {
  while (!stop_requested()) {
    counters_.add(Count::call_accept);
    Accepted accepted;
    {
      const ChildSignals handled;
      accepted = listener_.accept(true);
    }
    if (lost_row_) throw SystemError(ENOSPC, "write");
    if (accepted.fd) {
      begin(std::move(accepted));
    } else if (Listener::is_shortage(accepted.error)) {
      pause();
    } else if (accepted.error == EINVAL) {
      // The listener was shut down, by this process or by another that shares it and stopped first.
      while (!stop_requested()) ChildSignals::wait(kSecond);
    } else if (!Listener::is_transient(accepted.error)) {
      throw SystemError(accepted.error, "accept4");
    }
  }
  end_all();
}

/// Starts a process for the connection; retries until one can be created, without accepting others.
void ForkingServer::begin(Accepted accepted) {
  Connection connection;
  connection.open(std::move(accepted), service_, counters_);
  if (spec_.lists_openings) write(connection.record);
  while (!start(connection)) {
    pause();
    if (!stop_requested()) continue;
    connection.record.reason = CloseReason::stopped;
    connection.record.closed = now();
    write(connection.record);
    counters_.add(Count::closes);
    break;
  }
  counters_.add(Count::call_close);
  connection.fd.reset();
}

bool ForkingServer::start(Connection& connection) {
  counters_.add(Count::call_thread);
  if (children_.size() >= spec_.max_children) return false;
  const std::uint32_t index = free_slot();
  SharedTable::Slot& slot = table_.slot(index);
  slot.record = connection.record;
  slot.complete.store(false);
  Child child{.slot = index, .before = {}};
  slot.counters.add_to(child.before);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) serve(connection, slot, parent);
  if (pid < 0) {
    free_.push_back(index);
    return false;
  }
  children_.emplace(pid, child);
  return true;
}

/// The life of a child.
void ForkingServer::serve(Connection& connection, SharedTable::Slot& slot, pid_t parent) {
  if (!end_with_parent(parent)) ::_exit(EXIT_FAILURE);
  handle_signals_of_child(connection.fd.get());
  slot.counters.add(Count::call_close);
  ::close(spec_.listener);
  limit_waits(connection.fd.get(), spec_.timeouts);
  std::vector<std::byte> buffer(service_.receive_bytes());
  CloseReason reason = serve_until_end(connection, buffer, slot.counters);
  if (stop_requested()) reason = CloseReason::stopped;
  connection.end_session();
  // The parent counts the closing when it has written the row.
  slot.counters.add(Count::call_close);
  connection.fd.reset();
  slot.record = connection.record;
  slot.record.reason = reason;
  slot.record.closed = now();
  slot.complete.store(true);
  ::_exit(EXIT_SUCCESS);
}

std::uint32_t ForkingServer::free_slot() {
  if (!free_.empty()) {
    const std::uint32_t index = free_.back();
    free_.pop_back();
    return index;
  }
  return table_.head().used.fetch_add(1);
}

void ForkingServer::on_child_end() {
  running->reap();
}

// Changes what run() uses, but only while run() is in a system call: otherwise SIGCHLD is blocked.
void ForkingServer::reap() {
  rusage usage;
  for (pid_t pid; (pid = ::wait4(-1, nullptr, WNOHANG, &usage)) > 0;) finish(pid, usage);
}

void ForkingServer::finish(pid_t pid, const rusage& usage) {
  const auto child = children_.extract(pid);
  if (child.empty()) return;
  const auto& [index, before] = child.mapped();
  SharedTable::Slot& slot = table_.slot(index);
  ConnectionRecord record = slot.record;
  if (!slot.complete.load()) {
    record.reason = CloseReason::killed;
    record.closed = now();
    add_counts(record, before, slot.counters);
  }
  write(record);
  SharedTable::Head& head = table_.head();
  head.voluntary_switches.add(static_cast<std::uint64_t>(usage.ru_nvcsw));
  head.involuntary_switches.add(static_cast<std::uint64_t>(usage.ru_nivcsw));
  counters_.add(Count::closes);
  free_.push_back(index);
}

void ForkingServer::end_all() {
  signal_all(stop_signal());
  const Nanoseconds deadline = now() + kStopTimeout;
  while (!children_.empty() && now() < deadline) ChildSignals::wait(deadline - now());
  signal_all(SIGKILL);
  while (!children_.empty()) ChildSignals::wait(kSecond);
}

void ForkingServer::signal_all(int signal) const {
  for (const auto& [pid, child] : children_) ::kill(pid, signal);
}

/// Waits before the next attempt, because there is no room for another connection.
void ForkingServer::pause() {
  counters_.add(Count::accept_pauses);
  ChildSignals::wait(kShortagePause);
}

void ForkingServer::write(const ConnectionRecord& record) {
  if (!append_row(spec_.rows, record)) lost_row_ = true;
}

}  // namespace c10k
