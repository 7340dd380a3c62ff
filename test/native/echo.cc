#include "service/echo/echo.h"

#include "check.h"
#include "service/outbox.h"

namespace c10k::echo_test {
namespace {

Bytes bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

/// How many requests a new session finds in pieces that come one after the other.
std::size_t requests_in(std::initializer_list<std::string_view> pieces) {
  const auto session = EchoService().open({});
  std::size_t requests = 0;
  for (const std::string_view piece : pieces) {
    Outbox out;
    requests += session->on_data(bytes(piece), out);
  }
  return requests;
}

TEST("each line is a request") {
  EQUAL(requests_in({"one\n"}), 1U);
  EQUAL(requests_in({"one\ntwo\n\n"}), 3U);
}

TEST("a line that comes in pieces is one request, when its end has come") {
  EQUAL(requests_in({"on", "e"}), 0U);
  EQUAL(requests_in({"on", "e", "\n"}), 1U);
  EQUAL(requests_in({"one\ntw", "o\n"}), 2U);
}

TEST("the answer is what came, not a copy of it") {
  const auto session = EchoService().open({});
  const Bytes in = bytes("no end of line");
  Outbox out;
  EQUAL(session->on_data(in, out), 0U);
  EQUAL(out.front().data(), in.data());
  EQUAL(out.front().size(), in.size());
  CHECK(!out.finished());
}

TEST("the session finishes when its peer has sent its last") {
  const auto session = EchoService().open({});
  Outbox out;
  session->on_end(out);
  CHECK(out.finished() && out.empty());
}

}  // namespace
}  // namespace c10k::echo_test
