#include <stdexcept>

#include "base/pattern.h"
#include "check.h"
#include "load/protocol/bulk/bulk.h"

namespace c10k::bulk_protocol_test {
namespace {

using Kind = Answer::Kind;

std::vector<std::byte> pattern(std::size_t size) {
  std::vector<std::byte> bytes;
  while (bytes.size() < size) bytes.push_back(*pattern_at(bytes.size()));
  return bytes;
}

struct Transfer {
  BulkProtocol protocol;
  BulkProtocol::Exchange exchange;

  Transfer(const char* op, std::size_t bytes)
      : protocol({{"op", op}, {"bytes", std::to_string(bytes)}}, 1) {
    protocol.begin(exchange, {.seed = 1});
  }
  /// Sends at most `most` bytes at a time, up to `limit` in total. Returns the bytes sent.
  std::string send(std::size_t most, std::size_t limit = ~std::size_t{0}) {
    std::string sent;
    for (;;) {
      Bytes rest = protocol.unsent(exchange);
      rest = rest.first(std::min({rest.size(), most, limit - sent.size()}));
      if (rest.empty()) return sent;
      sent.append(text_of(rest));
      protocol.sent(exchange, rest.size());
    }
  }
  Answer receive(Bytes bytes) { return protocol.receive(exchange, bytes, false); }
  Answer receive(std::string_view text) { return receive(bytes_of(text)); }
  Answer end() { return protocol.receive(exchange, {}, true); }
};

constexpr std::size_t kLarge = 3 * kPatternView + 17;

TEST("a GET sends its line and receives the pattern") {
  Transfer get("get", kLarge);
  EQUAL(get.send(~std::size_t{0}), "GET 196625\n");
  const std::vector<std::byte> all = pattern(kLarge);
  for (std::size_t at = 0; at < kLarge; at += 10'000) {
    const std::size_t size = std::min<std::size_t>(10'000, kLarge - at);
    EQUAL(get.receive(Bytes(all).subspan(at, size)).kind,
          at + size == kLarge ? Kind::whole : Kind::partial);
    EQUAL(get.protocol.payload(get.exchange), at + size);
  }
}

TEST("a GET may be split at every byte") {
  const std::vector<std::byte> all = pattern(7);
  for (std::size_t split = 1; split < all.size(); ++split) {
    Transfer get("get", all.size());
    get.send(100);
    EQUAL(get.receive(Bytes(all).first(split)).kind, Kind::partial);
    EQUAL(get.receive(Bytes(all).subspan(split)).kind, Kind::whole);
  }
}

TEST("more bytes at once than a view of the pattern are compared whole") {
  std::vector<std::byte> all = pattern(kLarge);
  Transfer get("get", kLarge);
  get.send(100);
  EQUAL(get.receive(Bytes(all)).kind, Kind::whole);
}

TEST("a differing byte of a GET is corrupt at any position") {
  for (const std::size_t at : {std::size_t{0}, std::size_t{1}, kPatternView - 1, kPatternView,
                               static_cast<std::size_t>(kPatternPeriod), kLarge - 1}) {
    std::vector<std::byte> all = pattern(kLarge);
    all[at] ^= std::byte{1};
    Transfer get("get", kLarge);
    get.send(100);
    EQUAL(get.receive(Bytes(all)).failure, Failure::corrupt);
  }
}

TEST("more bytes than a GET asked for, or before its line was sent, are corrupt") {
  const std::vector<std::byte> all = pattern(8);
  Transfer get("get", 7);
  get.send(100);
  EQUAL(get.receive(Bytes(all)).failure, Failure::corrupt);
  Transfer early("get", 7);
  early.send(100, 5);
  EQUAL(early.receive(Bytes(all).first(1)).failure, Failure::corrupt);
}

TEST("a PUT sends its line and the pattern, with sends of any size") {
  std::string wanted = "PUT 196625\n";
  for (const std::byte byte : pattern(kLarge)) wanted += static_cast<char>(byte);
  for (const std::size_t most : {std::size_t{1000}, std::size_t{65'521}, std::size_t{1 << 20}}) {
    Transfer put("put", kLarge);
    CHECK(put.send(most) == wanted);
    CHECK(put.protocol.unsent(put.exchange).empty());
    EQUAL(put.protocol.payload(put.exchange), kLarge);
  }
}

TEST("a small PUT needs one send") {
  Transfer put("put", 100);
  EQUAL(put.protocol.unsent(put.exchange).size(), 8U + 100U);
}

TEST("the payload of a PUT excludes its line") {
  Transfer put("put", 100);
  put.send(100, 3);
  EQUAL(put.protocol.payload(put.exchange), 0U);
  put.send(100, 6);
  EQUAL(put.protocol.payload(put.exchange), 1U);
}

TEST("the confirmation of a PUT may be split at every byte") {
  const std::string_view line = "OK 100\n";
  for (std::size_t split = 1; split < line.size(); ++split) {
    Transfer put("put", 100);
    put.send(1000);
    EQUAL(put.receive(line.substr(0, split)).kind, Kind::partial);
    EQUAL(put.receive(line.substr(split)).kind, Kind::whole);
    EQUAL(put.protocol.payload(put.exchange), 100U);
  }
}

TEST("a confirmation that differs, is longer or comes before all was sent is corrupt") {
  for (const std::string_view line : {"OK 101\n", "OK 100 ", "OK 100\nO", "ok 100\n", "\n"}) {
    Transfer put("put", 100);
    put.send(1000);
    EQUAL(put.receive(line).failure, Failure::corrupt);
  }
  Transfer early("put", 100);
  early.send(1000, 107);
  EQUAL(early.receive("OK 100\n").failure, Failure::corrupt);
}

TEST("an ERROR line rejects, split at every byte, before and after all was sent") {
  const std::string_view line = "ERROR too large\n";
  for (const char* op : {"get", "put"})
    for (const std::size_t sent : {std::size_t{0}, std::size_t{50}, std::size_t{1000}})
      for (std::size_t split = 1; split < line.size(); ++split) {
        Transfer refused(op, 100);
        refused.send(1000, sent);
        const std::uint64_t payload = refused.protocol.payload(refused.exchange);
        EQUAL(refused.receive(line.substr(0, split)).kind, Kind::partial);
        EQUAL(refused.receive(line.substr(split)).failure, Failure::rejected);
        EQUAL(refused.protocol.payload(refused.exchange), payload);
      }
}

TEST("a line that only begins like an ERROR is corrupt") {
  for (const std::string_view line : {"ERR\n", "ERROR\n", "ERRORS x\n"}) {
    Transfer get("get", 100);
    get.send(1000);
    EQUAL(get.receive(line).failure, Failure::corrupt);
  }
}

TEST("an end is early at any time before the whole answer") {
  Transfer get("get", 100);
  EQUAL(get.end().failure, Failure::closed_early);
  get.send(1000);
  get.receive(Bytes(pattern(99)));
  EQUAL(get.end().failure, Failure::closed_early);
  Transfer refused("put", 100);
  refused.receive("ERROR too la");
  EQUAL(refused.end().failure, Failure::closed_early);
}

TEST("the next exchange starts from the initial state") {
  Transfer put("put", 100);
  put.send(1000);
  put.receive("OK 100\n");
  put.protocol.begin(put.exchange, {.seed = 1, .nth = 1});
  EQUAL(put.protocol.payload(put.exchange), 0U);
  EQUAL(put.send(1000).size(), 108U);
}

TEST("an operation and a size of 1 byte to 1 TiB are required") {
  const auto refused = [](const NamedOptions& options) {
    try {
      BulkProtocol(options, 1);
    } catch (const std::invalid_argument&) {
      return true;
    }
    return false;
  };
  CHECK(!refused({{"op", "get"}, {"bytes", "1"}}));
  CHECK(!refused({{"op", "put"}, {"bytes", "1099511627776"}}));
  CHECK(refused({{"op", "get"}, {"bytes", "0"}}));
  CHECK(refused({{"op", "get"}, {"bytes", "1099511627777"}}));
  CHECK(refused({{"op", "head"}, {"bytes", "1"}}));
  CHECK(refused({{"bytes", "1"}}));
  CHECK(refused({{"op", "get"}}));
}

}  // namespace
}  // namespace c10k::bulk_protocol_test
