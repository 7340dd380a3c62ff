#include "engine/blocking.h"

#include <limits>
#include <list>
#include <vector>

#include "base/thread.h"
#include "engine/live_sockets.h"
#include "engine/own_socket.h"

namespace c10k {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kStackBytes = 1024 * 1024;
#else
constexpr std::size_t kStackBytes = 64 * 1024;
#endif

/// `Sockets`: LiveSockets or OwnSocket.
template <typename Sockets>
void serve_connection(Connection& connection, MutableBytes buffer, Sockets& live,
                      Counters& counters, Ledger& ledger, const StopToken& stop,
                      Timeouts timeouts) {
  CloseReason reason = CloseReason::stopped;
  const int fd = connection.fd.get();
  limit_waits(fd, timeouts);
  if (live.add(fd)) {
    reason = serve_until_end(connection, buffer, counters);
    live.remove(fd);
    if (stop.requested()) reason = CloseReason::stopped;
  }
  connection.close(reason, counters, ledger);
}

/// Waits before the next accept(), because there is no room for another connection.
void pause_accepting(Counters& counters, const StopToken& stop) {
  counters.add(Count::accept_pauses);
  stop.wait(kShortagePause);
}

/// Accepts until a stop is requested. When descriptors run out, pauses and retries.
template <typename Serve>
void accept_each(const Listener& listener, Counters& counters, const StopToken& stop, Serve serve) {
  listener.set_blocking(true);
  while (!stop.requested()) {
    counters.add(Count::call_accept);
    Accepted accepted = listener.accept(true);
    if (accepted.fd) {
      serve(std::move(accepted));
    } else if (Listener::is_shortage(accepted.error)) {
      pause_accepting(counters, stop);
    } else if (accepted.error == EINVAL) {
      // The listener was shut down, by this process or by another that shares it and stopped first.
      while (!stop.wait(kSecond)) {
      }
    } else if (!Listener::is_transient(accepted.error)) {
      if (stop.requested()) return;
      throw SystemError(accepted.error, "accept4");
    }
  }
}

class PoolWorker final : public Engine {
 public:
  void serve(const Listener& listener, Service& service, Ledger& ledger, const StopToken& stop,
             Timeouts timeouts) override {
    const OwnSocket::Owner owner(live_);
    std::vector<std::byte> buffer(service.receive_bytes());
    accept_each(listener, ledger.counters, stop, [&](Accepted accepted) {
      Connection connection;
      connection.open(std::move(accepted), service, ledger.counters);
      ledger.note_opening(connection.record);
      serve_connection(connection, buffer, live_, ledger.counters, ledger, stop, timeouts);
    });
  }
  void interrupt(const Listener& listener) override {
    listener.shut_down();
    live_.shut_down();
  }

 private:
  OwnSocket live_;
};

class ThreadPerConnection final : public Engine {
 public:
  explicit ThreadPerConnection(std::size_t max_threads) : max_threads_(max_threads) {}

  void serve(const Listener& listener, Service& service, Ledger& ledger, const StopToken& stop,
             Timeouts timeouts) override {
    timeouts_ = timeouts;
    receive_bytes_ = service.receive_bytes();
    try {
      accept_each(listener, ledger.counters, stop,
                  [&](Accepted accepted) { begin(std::move(accepted), service, ledger, stop); });
    } catch (...) {
      end_all();
      throw;
    }
    end_all();
  }
  void interrupt(const Listener& listener) override { listener.shut_down(); }

 private:
  struct ConnectionThread {
    Connection connection;
    Thread thread;
  };
  using Position = std::list<ConnectionThread>::iterator;

  // Must run on the serving thread, because other threads may have another descriptor table.
  void end_all() {
    live_.shut_down();
    threads_.clear();  // joins them
  }

  /// Starts a thread for the connection; retries until one can be created, without accepting
  /// others.
  void begin(Accepted accepted, Service& service, Ledger& ledger, const StopToken& stop) {
    join_finished();
    const Position position = threads_.emplace(threads_.end());
    position->connection.open(std::move(accepted), service, ledger.counters);
    ledger.note_opening(position->connection.record);
    while (!start(position, ledger, stop)) {
      pause_accepting(ledger.counters, stop);
      join_finished();
      if (!stop.requested()) continue;
      position->connection.close(CloseReason::stopped, ledger.counters, ledger);
      return;
    }
  }

  /// False if no thread can be created now.
  bool start(Position position, Ledger& ledger, const StopToken& stop) {
    ledger.counters.add(Count::call_thread);
    try {
      if (threads_.size() > max_threads_) throw SystemError(EAGAIN, "pthread_create");
      position->thread =
          Thread([=, this, &ledger, &stop] { run(position, ledger, stop); }, kStackBytes);
    } catch (const SystemError&) {
      return false;
    }
    return true;
  }

  void run(Position position, Ledger& ledger, const StopToken& stop) {
    {
      Ledger::Share share(ledger);
      // Not zeroed, so that a page that receives nothing takes no memory.
      const auto buffer = std::make_unique_for_overwrite<std::byte[]>(receive_bytes_);
      serve_connection(position->connection, {buffer.get(), receive_bytes_}, live_, share.counters,
                       ledger, stop, timeouts_);
    }
    std::lock_guard lock(mutex_);
    finished_.push_back(position);
  }

  void join_finished() {
    std::vector<Position> finished;
    {
      std::lock_guard lock(mutex_);
      finished.swap(finished_);
    }
    for (Position position : finished) threads_.erase(position);
  }

  const std::size_t max_threads_;
  Timeouts timeouts_;
  std::size_t receive_bytes_ = 0;
  LiveSockets live_;
  std::mutex mutex_;
  std::vector<Position> finished_;
  std::list<ConnectionThread>
      threads_;  // last, because its threads use the other members until joined
};

}  // namespace

std::optional<CloseReason> receive_blocking(Connection& connection, MutableBytes buffer,
                                            Counters& counters) {
  const Nanoseconds until = connection.lingers_until();
  const bool lingers = until != 0;
  if (lingers)
    limit_waits(connection.fd.get(), {.idle = std::max<Nanoseconds>(until - now(), 1), .write = 0});
  const Receive received = connection.receive(buffer, counters);
  if (received == Receive::failed) return connection.failure();
  if (received == Receive::nothing) return lingers ? CloseReason::end : CloseReason::idle;
  return std::nullopt;
}

std::optional<CloseReason> flush_blocking(Connection& connection, Counters& counters) {
  SendAllowance unlimited;
  const Flush flushed = connection.flush(unlimited, counters);
  if (flushed == Flush::failed) return connection.failure();
  if (flushed == Flush::blocked) return CloseReason::stalled;
  if (connection.outbox.finished() && !connection.linger(counters)) return CloseReason::end;
  return std::nullopt;
}

CloseReason serve_until_end(Connection& connection, MutableBytes buffer, Counters& counters) {
  for (;;) {
    if (const auto reason = receive_blocking(connection, buffer, counters)) return *reason;
    if (const auto reason = flush_blocking(connection, counters)) return *reason;
  }
}

std::unique_ptr<Engine> make_thread_per_connection() {
  return make_thread_per_connection(std::numeric_limits<std::size_t>::max());
}

std::unique_ptr<Engine> make_thread_per_connection(std::size_t max_threads) {
  return std::make_unique<ThreadPerConnection>(max_threads);
}

std::unique_ptr<Engine> make_pool_worker() {
  return std::make_unique<PoolWorker>();
}

}  // namespace c10k
