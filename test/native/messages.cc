#include "load/protocol/echo/messages.h"

#include "check.h"

namespace c10k::messages_test {
namespace {

TEST("a fixed text is the same for every message, with a newline") {
  const Messages messages("ping");
  EQUAL(messages.of(1, 0), "ping\n");
  EQUAL(messages.of(2, 77), "ping\n");
  EQUAL(messages.of(1, 0).data(), messages.of(2, 77).data());
}

TEST("an empty text is an empty line") {
  EQUAL(Messages("").of(1, 0), "\n");
}

TEST("messages of size 0 are empty lines") {
  const Messages messages(0, 0, 1);
  for (std::uint64_t n = 0; n < 10; ++n) EQUAL(messages.of(1, n), "\n");
}

TEST("random messages have every size of their range and no other") {
  const Messages messages(3, 6, 1);
  bool has_size[8] = {};
  for (std::uint64_t n = 0; n < 200; ++n) has_size[messages.of(1, n).size()] = true;
  const bool wanted[8] = {false, false, false, false, true, true, true, true};  // with the '\n'
  for (int size = 0; size < 8; ++size) EQUAL(has_size[size], wanted[size]);
}

TEST("a random message is printable and ends its only line") {
  const Messages messages(50, 50, 1);
  for (std::uint64_t n = 0; n < 100; ++n) {
    const std::string_view message = messages.of(1, n);
    EQUAL(message.size(), 51U);
    EQUAL(message.find('\n'), 50U);
    for (const char c : message.substr(0, 50)) CHECK(c >= '!' && c <= '~');
  }
}

TEST("equal seeds give equal messages, different seeds different ones") {
  const Messages messages(50, 50, 1);
  const Messages twin(50, 50, 1);
  const Messages other(50, 50, 2);
  for (std::uint64_t n = 0; n < 100; ++n) {
    EQUAL(twin.of(7, n), messages.of(7, n));
    CHECK(other.of(7, n) != messages.of(7, n));
  }
}

TEST("consecutive messages differ, on one connection and between two connections") {
  const Messages messages(50, 50, 1);
  int repeated = 0;
  int shared = 0;
  for (std::uint64_t n = 0; n < 1000; ++n) {
    repeated += messages.of(7, n) == messages.of(7, n + 1);
    shared += messages.of(7, n) == messages.of(1'000'007, n);
  }
  CHECK(repeated < 10 && shared < 10);
}

}  // namespace
}  // namespace c10k::messages_test
