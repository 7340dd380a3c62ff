#include "engine/proactor.h"

#include <algorithm>
#include <vector>

#include "base/system_error.h"
#include "engine/connection_table.h"
#include "uring/buffer_ring.h"
#include "uring/operations.h"

namespace c10k {
namespace {

/// What the proactor keeps of a connection.
struct Flow {
  Connection connection;
  /// Received while a send was under way; answered after it.
  std::vector<std::byte> backlog;
  /// The turn in which its last send was prepared.
  std::uint64_t sent_in = 0;
  bool receiving = false;  // a multishot receive is under way
  bool sending = false;    // a send that waits for the socket is under way
  bool ended = false;      // the peer's end was received
  bool closing = false;
  CloseReason reason = CloseReason::end;
};

using Connections = ConnectionTable<Flow>;
using Entry = Connections::Entry;
using Token = Connections::Token;

constexpr Nanoseconds kShortagePause = 50 * kMillisecond;
/// A peer that sends this much while it doesn't read is read from no more.
constexpr std::size_t kMostBacklog = 64 * 1024;

/// One serve() of a proactor: what lives as long as its loop.
class Loop {
 public:
  Loop(Listener listener, Service& service, Ledger& ledger, RingChoices choices,
       ProactorSizes sizes)
      : listener_(listener),
        service_(service),
        ledger_(ledger),
        counters_(ledger.counters),
        ring_(sizes.ring, choices),
        buffers_(ring_, sizes.buffers, kReceiveBytes) {}

  void run(const StopToken& stop) {
    await_readable(prepare(), stop.fd());
    accept_more();
    try {
      while (!stop.requested()) {
        turn(timeout());
        if (shortage_ && now() >= retry_at_) resume_accepting();
      }
    } catch (...) {
      finish();  // the kernel still knows our buffers
      throw;
    }
    finish();
  }

 private:
  // ---- Turns

  Nanoseconds timeout() const {
    if (!resumable_.empty()) return 0;
    return shortage_ ? kShortagePause : Ring::kForever;
  }

  io_uring_sqe& prepare() { return ring_.prepare(); }

  void turn(Nanoseconds timeout) {
    ring_.enter(timeout);
    counters_.add(Count::call_wait, ring_.take_calls());
    const bool settled = ring_.is_settled();
    const unsigned last = ring_.last();
    for (; seen_ != last; ++seen_) note_failed_send(ring_.completion(seen_));
    if (settled) finish_sends();
    const unsigned first = ring_.first();
    for (unsigned i = first; i != last; ++i) {
      if (i + 1 != last) prefetch(ring_.completion(i + 1));
      on_completion(ring_.completion(i));
    }
    counters_.add(Count::events, last - first);
    ring_.retire(last);
    buffers_.publish();
  }

  // With many connections none is still in the cache when its turn comes: the next one is loaded
  // while this one is worked on.
  void prefetch(const io_uring_cqe& completion) {
    if (Tag::operation(completion.user_data) != Operation::receive) return;
    if (const Entry* entry = connections_.find(Tag::token(completion.user_data)))
      __builtin_prefetch(entry->connection.session.get());
    if (completion.flags & IORING_CQE_F_BUFFER)
      __builtin_prefetch(buffers_.bytes(completion).data());
  }

  void on_completion(const io_uring_cqe& completion) {
    const Token token = Tag::token(completion.user_data);
    switch (Tag::operation(completion.user_data)) {
      case Operation::receive:
        return on_receive(*connections_.find(token), completion);
      case Operation::awaited_send:
        return on_sent(*connections_.find(token), completion);
      case Operation::accept:
        return on_accept(completion);
      default:
        return;
    }
  }

  // ---- Accepting

  void on_accept(const io_uring_cqe& completion) {
    const bool more = (completion.flags & IORING_CQE_F_MORE) != 0;
    const int result = completion.res;
    if (result >= 0) open(UniqueFd(result));
    if (more) return;
    accepting_ = false;
    if (stopping_) return;
    if (result < 0 && is_fatal(-result)) throw SystemError(-result, "accept");
    if (result < 0 && Listener::is_shortage(-result)) return pause_accepting();
    accept_more();
  }

  static bool is_fatal(int error) {
    return !Listener::is_shortage(error) && !Listener::is_transient(error) && error != EAGAIN;
  }

  void accept_more() {
    accept_all(prepare(), listener_.fd());
    accepting_ = true;
  }

  void pause_accepting() {
    shortage_ = true;
    retry_at_ = now() + kShortagePause;
    counters_.add(Count::accept_pauses);
  }

  void resume_accepting() {
    shortage_ = false;
    accept_more();
  }

  // A multishot accept has room for one address, which the next connection overwrites.
  void open(UniqueFd fd) {
    if (stopping_) return;
    Accepted accepted{.fd = std::move(fd), .peer = {}, .error = 0};
    counters_.add(Count::call_peer);
    accepted.peer = Address::peer_of(accepted.fd.get());
    Entry& entry = connections_.open();
    static_cast<Flow&>(entry) = {};
    entry.connection.open(std::move(accepted), service_, counters_);
    receive(entry);
  }

  // ---- Receiving

  void receive(Entry& entry) {
    receive_all(prepare(), entry.connection.fd.get(), entry.token());
    entry.receiving = true;
  }

  void on_receive(Entry& entry, const io_uring_cqe& completion) {
    if (!(completion.flags & IORING_CQE_F_MORE)) entry.receiving = false;
    if (completion.res > 0)
      on_bytes(entry, completion);
    else if (completion.res == 0)
      on_end(entry);
    else
      on_receive_failure(entry, -completion.res);
  }

  void on_bytes(Entry& entry, const io_uring_cqe& completion) {
    const Bytes bytes = buffers_.bytes(completion);
    const BufferRing::Id buffer = BufferRing::id_of(completion);
    if (entry.closing) {
      buffers_.recycle(buffer);
      return settle(entry);
    }
    if (is_busy(entry)) {
      keep(entry, bytes);
      buffers_.recycle(buffer);
    } else {
      answer(entry, bytes, buffer);
    }
    if (!entry.receiving && !is_blocked(entry)) receive(entry);
  }

  void on_end(Entry& entry) {
    entry.ended = true;
    if (entry.closing) return settle(entry);
    if (!is_busy(entry))
      resume(entry);
    else if (!entry.sending)
      resumable_.push_back(entry.token());
  }

  void on_receive_failure(Entry& entry, int error) {
    if (entry.closing) return settle(entry);
    switch (error) {
      case ENOBUFS:  // until some are recycled
        counters_.add(Count::again);
        return resumable_.push_back(entry.token());
      case ECANCELED:
      case EINTR:
      case EAGAIN:
        if (!is_blocked(entry)) receive(entry);
        return;
      default:
        entry.connection.note_failure(error);
        close(entry, entry.connection.failure());
    }
  }

  /// What comes now has to wait for what came before.
  bool is_busy(const Entry& entry) const {
    return entry.sending || entry.sent_in == turn_ || !entry.backlog.empty();
  }

  static bool is_blocked(const Entry& entry) {
    return entry.sending && entry.backlog.size() >= kMostBacklog;
  }

  void keep(Entry& entry, Bytes bytes) {
    if (entry.backlog.empty() && !entry.sending) resumable_.push_back(entry.token());
    entry.backlog.insert(entry.backlog.end(), bytes.begin(), bytes.end());
    if (is_blocked(entry) && entry.receiving) cancel(prepare(), Operation::receive, entry.token());
  }

  // ---- Sending

  struct Sent {
    Token token;
    Bytes bytes;
    BufferRing::Id buffer;
  };

  void answer(Entry& entry, Bytes bytes, BufferRing::Id buffer) {
    Connection& connection = entry.connection;
    connection.take(bytes, counters_);
    Outbox& outbox = connection.outbox;
    if (outbox.empty() || !outbox.borrows()) {
      buffers_.recycle(buffer);
      if (!outbox.empty()) send(entry);
    } else {
      const Bytes front = outbox.front();
      outbox.consume(front.size());
      send_now(prepare(), connection.fd.get(), front, entry.token());
      sent_.push_back({entry.token(), front, buffer});
      entry.sent_in = turn_;
      count_sent(connection, front.size());
    }
    if (outbox.finished() && !entry.sending) resumable_.push_back(entry.token());
  }

  /// From the outbox's own memory, until the socket has taken all.
  void send(Entry& entry) {
    send_all(prepare(), entry.connection.fd.get(), entry.connection.outbox.front(), entry.token());
    entry.sending = true;
  }

  // Sends are made while they are submitted. Those that took less, or failed, are found here,
  // before anything else is made of this turn's completions.
  void note_failed_send(const io_uring_cqe& completion) {
    if (Tag::operation(completion.user_data) != Operation::send) return;
    Entry* entry = connections_.find(Tag::token(completion.user_data));
    if (entry == nullptr) return;
    Connection& connection = entry->connection;
    const auto sent = std::ranges::find(sent_, entry->token(), &Sent::token);
    const Bytes rest = sent->bytes.subspan(std::max(completion.res, 0));
    count_sent(connection, -rest.size());
    if (entry->closing) return;
    if (completion.res < 0 && completion.res != -EAGAIN) {
      connection.note_failure(-completion.res);
      return close(*entry, connection.failure());
    }
    counters_.add(completion.res > 0 ? Count::short_writes : Count::again);
    connection.outbox.write(rest);
    connection.outbox.keep();
    send(*entry);
  }

  void finish_sends() {
    for (const Sent& sent : sent_) buffers_.recycle(sent.buffer);
    sent_.clear();
    ++turn_;
    std::vector<Token> resumable;
    resumable.swap(resumable_);
    for (const Token token : resumable) {
      Entry* entry = connections_.find(token);
      if (entry != nullptr && !entry->closing && !entry->sending) resume(*entry);
    }
  }

  void on_sent(Entry& entry, const io_uring_cqe& completion) {
    Connection& connection = entry.connection;
    entry.sending = false;
    if (completion.res > 0) count_sent(connection, completion.res);
    if (entry.closing) return settle(entry);
    if (completion.res < 0) {
      connection.note_failure(-completion.res);
      return close(entry, connection.failure());
    }
    connection.outbox.consume(static_cast<std::size_t>(completion.res));
    resume(entry);
  }

  /// Goes on where a send had to be finished first.
  void resume(Entry& entry) {
    Connection& connection = entry.connection;
    Outbox& outbox = connection.outbox;
    if (outbox.empty() && !outbox.finished() && !entry.backlog.empty()) {
      const std::vector<std::byte> bytes = std::exchange(entry.backlog, {});
      connection.take(bytes, counters_);
      outbox.keep();
    }
    if (outbox.empty() && !outbox.finished() && entry.ended) {
      connection.session->on_end(outbox);
      outbox.keep();
    }
    if (!outbox.empty()) send(entry);
    if (outbox.empty() && outbox.finished()) return close(entry, CloseReason::end);
    if (!entry.receiving && !entry.ended) receive(entry);
  }

  void count_sent(Connection& connection, std::size_t bytes) {
    connection.record.bytes_out += bytes;
    counters_.add(Count::bytes_out, bytes);
  }

  // ---- Closing

  void close(Entry& entry, CloseReason reason) {
    entry.closing = true;
    entry.reason = reason;
    if (entry.receiving) cancel(prepare(), Operation::receive, entry.token());
    if (entry.sending) cancel(prepare(), Operation::awaited_send, entry.token());
    settle(entry);
  }

  /// A descriptor is closed, and its slot used again, when no operation is left that knows it.
  void settle(Entry& entry) {
    if (!entry.closing || entry.receiving || entry.sending) return;
    close_fd(prepare(), entry.connection.fd.release());
    entry.connection.retire(entry.reason, counters_, ledger_);
    connections_.release(entry);
    if (shortage_ && !stopping_) resume_accepting();
  }

  void finish() {
    stopping_ = true;
    cancel_everything(prepare());
    connections_.for_each_open([this](Entry& entry) {
      entry.closing = true;
      entry.reason = CloseReason::stopped;
      settle(entry);
    });
    while (accepting_ || connections_.live() > 0) turn(Ring::kForever);
    turn(0);  // submits the last closes
  }

  const Listener listener_;
  Service& service_;
  Ledger& ledger_;
  Counters& counters_;
  Ring ring_;
  BufferRing buffers_;
  Connections connections_;
  /// Sends prepared since the last settled turn; their buffers are still in use.
  std::vector<Sent> sent_;
  std::vector<Token> resumable_;
  std::uint64_t turn_ = 1;
  unsigned seen_ = 0;  // completions that were looked at for failed sends
  bool accepting_ = false;
  bool shortage_ = false;
  bool stopping_ = false;
  Nanoseconds retry_at_ = 0;
};

class Proactor final : public Engine {
 public:
  Proactor(RingChoices choices, ProactorSizes sizes) : choices_(choices), sizes_(sizes) {}

  // A descriptor that is non-blocking would make operations fail instead of wait.
  void serve(const Listener& listener, Service& service, Ledger& ledger,
             const StopToken& stop) override {
    listener.set_blocking(true);
    std::make_unique<Loop>(listener, service, ledger, choices_, sizes_)->run(stop);
  }

 private:
  const RingChoices choices_;
  const ProactorSizes sizes_;
};

}  // namespace

std::unique_ptr<Engine> make_proactor(RingChoices choices, ProactorSizes sizes) {
  return std::make_unique<Proactor>(choices, sizes);
}

}  // namespace c10k
