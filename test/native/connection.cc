#include "engine/connection.h"

#include <fcntl.h>

#include "base/pattern_file.h"
#include "check.h"
#include "service/bulk/bulk.h"

namespace c10k::connection_test {
namespace {

constexpr std::size_t kReceiveBytes = 64 * 1024;

/// A connection whose peer takes everything at once. sendfile(2) can write to /dev/null, send(2)
/// can't: the answers come from a file.
struct Peer {
  explicit Peer(std::string_view request) {
    connection.open({UniqueFd(::open("/dev/null", O_WRONLY)), {}, 0}, service, counters);
    connection.take(bytes_of(request), counters);
  }
  /// One turn of an event loop.
  Flush turn() {
    SendAllowance allowance(kReceiveBytes);
    return connection.flush(allowance, counters);
  }
  std::uint64_t sent() const { return connection.record.bytes_out; }

  BulkService service{BulkSource::file};
  Counters counters;
  Connection connection;
};

TEST("a turn's allowance is a number of buffers, or the same number of sends of any size") {
  SendAllowance whole(100), small(100);
  EQUAL(whole.most(), 100 * SendAllowance::kBuffers);
  whole.charge(100 * SendAllowance::kBuffers - 1);
  CHECK(!whole.used_up());
  whole.charge(1);
  CHECK(whole.used_up());
  for (int sends = 0; sends < static_cast<int>(SendAllowance::kBuffers); ++sends) {
    CHECK(!small.used_up());
    small.charge(1);
  }
  CHECK(small.used_up());
}

TEST("a long answer yields to other connections, even if its peer takes everything") {
  constexpr std::uint64_t kLong = 64 << 20;
  Peer greedy("GET " + std::to_string(kLong) + "\n");
  Peer other("GET 5\n");
  EQUAL(greedy.turn(), Flush::unfinished);
  CHECK(greedy.sent() >= SendAllowance::kBuffers * kReceiveBytes &&
        greedy.sent() < 2 * SendAllowance::kBuffers * kReceiveBytes);
  EQUAL(other.turn(), Flush::done);
  EQUAL(other.sent(), 5U);
  for (std::uint64_t before = greedy.sent(); greedy.turn() == Flush::unfinished;) {
    CHECK(greedy.sent() - before < 2 * SendAllowance::kBuffers * kReceiveBytes);
    before = greedy.sent();
  }
  EQUAL(greedy.sent(), kLong);
  EQUAL(greedy.connection.record.requests, 1U);
}

}  // namespace
}  // namespace c10k::connection_test
