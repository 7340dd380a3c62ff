#include "service/echo/echo.h"

#include "check.h"
#include "service/outbox.h"

namespace c10k::echo_test {
namespace {

/// The number of requests that a new session counts in consecutive pieces.
std::size_t requests_in(std::initializer_list<std::string_view> pieces) {
  const auto session = EchoService().open({}, {});
  std::size_t requests = 0;
  for (const std::string_view piece : pieces) {
    Outbox out;
    requests += session->on_data(bytes_of(piece), out).requests;
  }
  return requests;
}

TEST("each line is a request") {
  EQUAL(requests_in({"one\n"}), 1U);
  EQUAL(requests_in({"one\ntwo\n\n"}), 3U);
}

TEST("a line received in pieces is one request, counted at its end") {
  EQUAL(requests_in({"on", "e"}), 0U);
  EQUAL(requests_in({"on", "e", "\n"}), 1U);
  EQUAL(requests_in({"one\ntw", "o\n"}), 2U);
}

TEST("the answer borrows the received bytes, without a copy") {
  const auto session = EchoService().open({}, {});
  const Bytes in = bytes_of("no end of line");
  Outbox out;
  EQUAL(session->on_data(in, out).requests, 0U);
  EQUAL(out.front().data(), in.data());
  EQUAL(out.front().size(), in.size());
  CHECK(!out.finished());
}

TEST("the session finishes when the peer closes its sending side") {
  const auto session = EchoService().open({}, {});
  Outbox out;
  session->on_end(out);
  CHECK(out.finished() && out.empty());
}

}  // namespace
}  // namespace c10k::echo_test
