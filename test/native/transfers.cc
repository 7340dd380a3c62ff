#include "account/transfers.h"

#include <memory>

#include "check.h"
#include "service/bulk/bulk.h"

namespace c10k::transfers_test {
namespace {

/// A connection of the bulk service whose transfers are recorded; its peer takes what the test
/// allows.
struct Recorded {
  explicit Recorded(std::size_t most = 100)
      : log(most),
        recorder(std::make_unique<TransferRecorder>(log, Address(), 5)),
        session(service.open({}, TransferReports(recorder.get()))) {}

  void receive(std::string_view bytes) { session->on_data(bytes_of(bytes), out); }
  /// The peer takes up to the given number of bytes.
  void send(std::size_t most) {
    while (most > 0) {
      while (out.empty())
        if (!out.take_continuation())
          return;
        else
          session->on_sent(out);
      const std::size_t some = std::min(most, out.next_length());
      out.consume(some);
      most -= some;
    }
    while (out.empty() && out.take_continuation()) session->on_sent(out);
  }
  /// What Connection::end_session() does.
  void end() {
    recorder->take_back(out.unsent());
    session.reset();
    recorder.reset();
  }
  std::deque<TransferRecord> rows() { return log.take().rows; }

  TransferTable log;
  BulkService service{BulkSource::memory};
  std::unique_ptr<TransferRecorder> recorder;
  std::unique_ptr<Session> session;
  Outbox out;
};

constexpr std::size_t kAll = 1'000'000'000;

void check(const TransferRecord& row, std::uint32_t number, std::string_view operation,
           std::uint64_t bytes, TransferOutcome outcome) {
  EQUAL(row.number, number);
  EQUAL(row.operation.get(), operation);
  EQUAL(row.bytes, bytes);
  EQUAL(row.outcome, outcome);
  EQUAL(row.opened, 5);
  CHECK(row.began > 0 && row.ended >= row.began);
}

TEST("an operation's name is truncated to the available space") {
  EQUAL(OperationName().get(), "");
  EQUAL(OperationName("get").get(), "get");
  EQUAL(OperationName("elevenbytes").get(), "elevenbytes");
  EQUAL(OperationName("twelve bytes").get(), "twelve byte");
}

TEST("each transfer is recorded when it ends, including split and pipelined requests") {
  Recorded peer;
  for (const char c : std::string_view("GET 200000\nPUT 5\nhelloGET 3\n")) peer.receive({&c, 1});
  CHECK(peer.rows().empty());
  peer.send(199'999);
  CHECK(peer.rows().empty());
  peer.send(kAll);
  const auto rows = peer.rows();
  EQUAL(rows.size(), 3U);
  check(rows[0], 1, "get", 200'000, TransferOutcome::done);
  check(rows[1], 2, "put", 5, TransferOutcome::done);
  check(rows[2], 3, "get", 3, TransferOutcome::done);
  peer.end();
  CHECK(peer.rows().empty());
}

TEST("a refused request has a row without an operation") {
  Recorded peer;
  peer.receive("PUT 1\nxHELLO\n");
  peer.send(kAll);
  peer.end();
  const auto rows = peer.rows();
  EQUAL(rows.size(), 2U);
  check(rows[0], 1, "put", 1, TransferOutcome::done);
  check(rows[1], 2, "", 0, TransferOutcome::refused);
}

TEST("a transfer interrupted by the connection's end has the bytes transferred until then") {
  for (const std::size_t sent : {0, 1, 65'536, 100'000, 299'999}) {
    Recorded peer;
    peer.receive("GET 300000\n");
    peer.send(sent);
    peer.end();
    const auto rows = peer.rows();
    EQUAL(rows.size(), 1U);
    check(rows[0], 1, "get", sent, TransferOutcome::incomplete);
  }
  Recorded peer;
  peer.receive("PUT 300000\nhello");
  peer.end();
  check(peer.rows().at(0), 1, "put", 5, TransferOutcome::incomplete);
}

TEST("a PUT whose confirmation was not sent is incomplete, with all of its bytes") {
  Recorded peer;
  peer.receive("PUT 5\nhello");
  peer.end();
  check(peer.rows().at(0), 1, "put", 5, TransferOutcome::incomplete);
}

TEST("a full table counts the rows that it drops, until its rows are taken") {
  Recorded peer(2);
  for (int i = 0; i < 5; ++i) {
    peer.receive("PUT 1\nx");
    peer.send(kAll);
  }
  const auto taken = peer.log.take();
  EQUAL(taken.rows.size(), 2U);
  EQUAL(taken.unrecorded, 3U);
  peer.receive("PUT 1\nx");
  peer.send(kAll);
  const auto rest = peer.log.take();
  EQUAL(rest.unrecorded, 0U);
  EQUAL(rest.rows.at(0).number, 6U);
}

TEST("a session without a recorder records nothing") {
  BulkService service(BulkSource::memory);
  Outbox out;
  const auto session = service.open({}, {});
  EQUAL(session->on_data(bytes_of("PUT 1\nx"), out).refused, 0U);
  out.consume(out.next_length());
  CHECK(out.take_continuation());
  EQUAL(session->on_sent(out).requests, 1U);
}

TEST("every outcome has a name") {
  EQUAL(std::size(kTransferOutcomeNames),
        static_cast<std::size_t>(TransferOutcome::incomplete) + 1);
}

}  // namespace
}  // namespace c10k::transfers_test
