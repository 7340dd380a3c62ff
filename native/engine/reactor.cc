#include "engine/reactor.h"

#include <utility>
#include <vector>

#include "base/descriptor_table.h"
#include "base/slot_table.h"
#include "base/system_error.h"
#include "engine/connection.h"

namespace c10k {
namespace {

struct Watched : Waiting {
  Connection connection;
  /// The socket is full; nothing is read until it has taken the answer.
  bool blocked = false;
  /// It used up its reads or sends of this turn, and is continued in the next.
  bool unfinished = false;
};

using Connections = SlotTable<Watched>;
using Entry = Connections::Entry;

constexpr Token kListenerToken = ~Token{0};
constexpr Token kStopToken = ~Token{0} - 1;
/// The maximum of reads per connection and turn, so that a connection with endless input can't
/// starve the others.
constexpr int kReadsPerTurn = 16;

/// The state of one serve() of a reactor.
class Loop {
 public:
  Loop(Listener listener, int stop_fd, Service& service, Ledger& ledger, Timeouts timeouts,
       MakeDemultiplexer make)
      : listener_(listener),
        service_(service),
        ledger_(ledger),
        counters_(ledger.counters),
        demux_(make(ledger.counters)),
        waits_(timeouts),
        buffer_(service.receive_bytes()) {
    // Lower descriptor numbers are in use and not available to this loop's sockets.
    room_ = demux_->descriptor_limit() - lowest_free_descriptor();
    if (!demux_->add_listener(listener_.fd(), kListenerToken)) throw SystemError(EINVAL, "select");
    if (!demux_->add(stop_fd, Interest::read, kStopToken)) throw SystemError(EINVAL, "select");
  }

  ~Loop() {
    connections_.for_each_open([this](Entry& entry) { close(entry, CloseReason::stopped); });
  }

  void run(const StopToken& stop) {
    while (!stop.requested()) {
      const auto ready = demux_->wait(timeout());
      counters_.add(Count::events, ready.size());
      for (const Ready& event : ready) dispatch(event);
      continue_unfinished();
      close_expired();
      if (std::exchange(queue_unfinished_, false)) accept_some();
      if (shortage_ && now() >= retry_at_) resume_accepting();
    }
  }

 private:
  Nanoseconds timeout() const {
    if (queue_unfinished_ || !unfinished_.empty()) return 0;
    return waits_.shorten(shortage_ ? kShortagePause : Demultiplexer::kForever);
  }

  void dispatch(const Ready& event) {
    if (event.token == kListenerToken) {
      if (!paused_) accept_some();
    } else if (Entry* entry = connections_.find(event.token)) {
      if (entry->unfinished) return;  // continue_unfinished() follows
      if (entry->blocked) {
        if (event.writable) write_on(*entry);
      } else if (event.readable) {
        read(*entry, event.hangup);
      }
    }
  }

  void accept_some() {
    for (int i = 0; static_cast<long>(connections_.live()) < room_; ++i) {
      if (i == kAcceptsPerTurn) {
        queue_unfinished_ = demux_->edge_triggered();
        return;
      }
      counters_.add(Count::call_accept);
      Accepted accepted = listener_.accept(false);
      if (accepted.fd) {
        open(std::move(accepted));
      } else if (Listener::is_shortage(accepted.error)) {
        shortage_ = true;
        retry_at_ = now() + kShortagePause;
        return pause_accepting();
      } else if (accepted.error == EAGAIN) {
        return;
      } else if (!Listener::is_transient(accepted.error)) {
        throw SystemError(accepted.error, "accept4");
      }
    }
    pause_accepting();
  }

  // Stops watching the listener: level-triggered, it would stay ready and the loop would spin;
  // edge-triggered, new connections would wake this loop instead of one that can accept.
  void pause_accepting() {
    if (paused_) return;
    paused_ = true;
    queue_unfinished_ = false;
    counters_.add(Count::accept_pauses);
    demux_->remove(listener_.fd());
  }

  void resume_accepting() {
    paused_ = shortage_ = false;
    demux_->add_listener(listener_.fd(), kListenerToken);
    accept_some();
  }

  void open(Accepted accepted) {
    Entry& entry = connections_.open();
    entry.blocked = entry.unfinished = false;
    entry.connection.open(std::move(accepted), service_, counters_);
    ledger_.note_opening(entry.connection.record);
    if (demux_->add(entry.connection.fd.get(), Interest::read, entry.token()))
      return waits_.await_data(entry);
    counters_.add(Count::refusals);
    entry.connection.close(CloseReason::error, counters_, ledger_);
    connections_.release(entry);
  }

  /// Reads and answers. Edge-triggered: epoll reports readiness once, so reads until the socket is
  /// empty. A short read means that it is empty, unless a hangup was reported.
  void read(Entry& entry, bool hangup) {
    Connection& connection = entry.connection;
    SendAllowance allowance(buffer_.size());
    for (int turn = 0; turn < kReadsPerTurn; ++turn) {
      const Receive received = connection.receive(buffer_, counters_);
      if (received == Receive::nothing) return;
      if (received == Receive::failed) return close(entry, connection.failure());
      waits_.await_data(entry);
      if (!write(entry, allowance)) return;
      if (!demux_->edge_triggered() || (received == Receive::drained && !hangup)) return;
    }
    continue_later(entry);
  }

  /// Sends what the session queued. False if reading must stop.
  bool write(Entry& entry, SendAllowance& allowance) {
    Connection& connection = entry.connection;
    const std::uint64_t sent = connection.record.bytes_out;
    switch (connection.flush(allowance, counters_)) {
      case Flush::failed:
        close(entry, connection.failure());
        return false;
      case Flush::blocked:
        if (!entry.blocked || connection.record.bytes_out > sent) waits_.await_room(entry);
        if (!entry.blocked) demux_->change(connection.fd.get(), Interest::write, entry.token());
        entry.blocked = true;
        return false;
      case Flush::unfinished:
        waits_.await_room(entry);
        continue_later(entry);
        return false;
      case Flush::done:
        return !connection.outbox.finished() || linger(entry);
    }
    return false;
  }

  /// False if the connection is closed at once.
  bool linger(Entry& entry) {
    if (!entry.connection.linger(counters_)) {
      close(entry, CloseReason::end);
      return false;
    }
    waits_.await_end(entry);
    return true;
  }

  void write_on(Entry& entry) {
    SendAllowance allowance(buffer_.size());
    if (!write(entry, allowance)) return;
    waits_.await_data(entry);
    if (std::exchange(entry.blocked, false))
      demux_->change(entry.connection.fd.get(), Interest::read, entry.token());
    // The events of bytes or a FIN that arrived meanwhile were already consumed, so read now.
    if (demux_->edge_triggered()) read(entry, true);
  }

  void continue_later(Entry& entry) {
    entry.unfinished = true;
    unfinished_.push_back(entry.token());
  }

  void continue_unfinished() {
    std::vector<Token> unfinished;
    unfinished.swap(unfinished_);
    for (Token token : unfinished) {
      Entry* entry = connections_.find(token);
      if (entry == nullptr) continue;
      entry->unfinished = false;
      write_on(*entry);
    }
  }

  void close_expired() {
    waits_.expire([this](Waiting& waiting, CloseReason reason) {
      close(static_cast<Entry&>(waiting), reason);
    });
  }

  void close(Entry& entry, CloseReason reason) {
    waits_.forget(entry);
    demux_->forget(entry.connection.fd.get());
    entry.connection.close(reason, counters_, ledger_);
    connections_.release(entry);
    if (paused_ && reason != CloseReason::stopped) resume_accepting();
  }

  const Listener listener_;
  Service& service_;
  Ledger& ledger_;
  Counters& counters_;
  std::unique_ptr<Demultiplexer> demux_;
  Connections connections_;
  WaitLimits waits_;
  std::vector<Token> unfinished_;
  long room_ = 0;
  /// Edge-triggered: the accept queue may hold more connections, which no further event reports.
  bool queue_unfinished_ = false;
  bool paused_ = false;
  bool shortage_ = false;
  Nanoseconds retry_at_ = 0;
  std::vector<std::byte> buffer_;
};

class Reactor final : public Engine {
 public:
  explicit Reactor(MakeDemultiplexer make) : make_(make) {}

  void serve(const Listener& listener, Service& service, Ledger& ledger, const StopToken& stop,
             Timeouts timeouts) override {
    listener.set_blocking(false);
    std::make_unique<Loop>(listener, stop.fd(), service, ledger, timeouts, make_)->run(stop);
  }

 private:
  const MakeDemultiplexer make_;
};

}  // namespace

std::unique_ptr<Engine> make_reactor(MakeDemultiplexer make_demultiplexer) {
  return std::make_unique<Reactor>(make_demultiplexer);
}

}  // namespace c10k
