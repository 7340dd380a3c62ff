#include <stdexcept>

#include "check.h"
#include "load/protocol/echo/echo.h"

namespace c10k::echo_protocol_test {
namespace {

using Kind = Answer::Kind;

/// An exchange whose message "ping\n" was sent up to `sent`.
struct Ping {
  EchoProtocol protocol{{{"text", "ping"}}, 1};
  EchoProtocol::Exchange exchange;

  explicit Ping(std::size_t sent = 5) {
    protocol.begin(exchange, {.seed = 1});
    protocol.sent(exchange, sent);
  }
  Answer receive(std::string_view text) {
    return protocol.receive(exchange, bytes_of(text), false);
  }
};

TEST("an echo is a line to send and the same line to receive") {
  Ping ping(0);
  EQUAL(text_of(ping.protocol.unsent(ping.exchange)), "ping\n");
  ping.protocol.sent(ping.exchange, 2);
  EQUAL(text_of(ping.protocol.unsent(ping.exchange)), "ng\n");
  ping.protocol.sent(ping.exchange, 3);
  CHECK(ping.protocol.unsent(ping.exchange).empty());
  EQUAL(ping.receive("ping\n").kind, Kind::whole);
}

TEST("an echo may be split at every byte") {
  const std::string_view line = "ping\n";
  for (std::size_t split = 1; split < line.size(); ++split) {
    Ping ping;
    EQUAL(ping.receive(line.substr(0, split)).kind, Kind::partial);
    EQUAL(ping.receive(line.substr(split)).kind, Kind::whole);
  }
}

TEST("a differing byte is corrupt at any position") {
  for (std::size_t at = 0; at < 5; ++at) {
    std::string line = "ping\n";
    line[at] ^= 1;
    EQUAL(Ping().receive(line).failure, Failure::corrupt);
  }
}

TEST("more bytes than were sent are corrupt, even if they repeat the line") {
  EQUAL(Ping().receive("ping\np").failure, Failure::corrupt);
  EQUAL(Ping(3).receive("ping").failure, Failure::corrupt);
  EQUAL(Ping(3).receive("pin").kind, Kind::partial);
}

TEST("an end of stream before or within the echo is early") {
  Ping ping;
  EQUAL(ping.protocol.receive(ping.exchange, {}, true).failure, Failure::closed_early);
  ping.receive("pi");
  EQUAL(ping.protocol.receive(ping.exchange, {}, true).failure, Failure::closed_early);
}

TEST("a new exchange sends the message of its number") {
  const EchoProtocol protocol({{"low", "20"}, {"high", "30"}}, 1);
  EchoProtocol::Exchange exchange;
  protocol.begin(exchange, {.seed = 7});
  const std::string first(text_of(protocol.unsent(exchange)));
  CHECK(first.size() >= 21 && first.size() <= 31);
  protocol.sent(exchange, 9);
  protocol.begin(exchange, {.seed = 7, .nth = 1});
  CHECK(text_of(protocol.unsent(exchange)) != first);
  protocol.begin(exchange, {.seed = 7});
  EQUAL(text_of(protocol.unsent(exchange)), first);
}

TEST("the minimum size is at most the maximum, and sizes can't be combined with a text") {
  const auto refused = [](const NamedOptions& options) {
    try {
      EchoProtocol(options, 1);
    } catch (const std::invalid_argument&) {
      return true;
    }
    return false;
  };
  CHECK(!refused({{"low", "3"}, {"high", "3"}}));
  CHECK(refused({{"low", "3"}, {"high", "2"}}));
  CHECK(refused({{"low", "3"}}));
  CHECK(refused({{"text", "ping"}, {"low", "3"}}));
}

}  // namespace
}  // namespace c10k::echo_protocol_test
