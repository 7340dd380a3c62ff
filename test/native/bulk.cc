#include "service/bulk/bulk.h"

#include <unistd.h>

#include <cstring>

#include "base/pattern.h"
#include "check.h"

namespace c10k::bulk_test {
namespace {

/// The first bytes of the pattern.
std::string pattern(std::size_t length) {
  std::string text;
  for (std::size_t at = 0; at < length; at = text.size())
    text.append(reinterpret_cast<const char*>(pattern_at(at)), std::min(kPatternView, length - at));
  return text;
}

/// A session with a peer that takes everything at once.
struct Conversation {
  explicit Conversation(BulkSource source = BulkSource::memory)
      : service(source), session(service.open({}, {})) {}

  /// The answer to bytes in a buffer that is reused at once.
  std::string ask(std::string_view in) {
    std::string buffer(in);
    add(session->on_data(bytes_of(buffer), out));
    out.keep();
    buffer.assign(buffer.size(), 'X');
    return take();
  }
  std::string end() {
    add(session->on_end(out));
    return take();
  }
  std::string take() {
    std::string answer;
    do {
      while (!out.empty()) answer += take_piece();
      if (!out.take_continuation()) return answer;
      add(session->on_sent(out));
    } while (true);
  }
  /// The bytes that one send takes.
  std::string take_piece() {
    std::string piece(out.next_length(), '\0');
    if (const Bytes front = out.front(); !front.empty())
      std::memcpy(piece.data(), front.data(), piece.size());
    else
      piece.resize(::pread(out.file().fd, piece.data(), piece.size(), out.file().offset));
    out.consume(piece.size());
    return piece;
  }
  void add(Done done) {
    requests += done.requests;
    refused += done.refused;
  }

  BulkService service;
  std::unique_ptr<Session> session;
  Outbox out;
  std::size_t requests = 0;
  std::size_t refused = 0;
};

TEST("GET is answered with the pattern") {
  for (const BulkSource source : {BulkSource::memory, BulkSource::file})
    for (const std::size_t length : {1, 65'535, 65'536, 65'537, 3'000'000}) {
      Conversation peer(source);
      CHECK(peer.ask("GET " + std::to_string(length) + "\n") == pattern(length));
      EQUAL(peer.requests, 1U);
      CHECK(!peer.out.finished());
    }
}

TEST("PUT is answered when all bytes are received") {
  Conversation peer;
  EQUAL(peer.ask("PUT 5\nhe"), "");
  EQUAL(peer.ask("ll"), "");
  EQUAL(peer.requests, 0U);
  EQUAL(peer.ask("o"), "OK 5\n");
  EQUAL(peer.requests, 1U);
}

TEST("requests split at every byte are answered in order") {
  Conversation peer;
  std::string answer;
  for (const char c : std::string_view("PUT 3\na\nbGET 4\nPUT 1\n\0GET 2\n", 29))
    answer += peer.ask({&c, 1});
  EQUAL(answer, "OK 3\n" + pattern(4) + "OK 1\n" + pattern(2));
  EQUAL(peer.requests, 4U);
}

TEST("requests behind a long answer wait until it is sent") {
  for (const BulkSource source : {BulkSource::memory, BulkSource::file}) {
    Conversation peer(source);
    const std::string answer = peer.ask("GET 2000000\nPUT 2\nabGET 3\nPU");
    CHECK(answer == pattern(2'000'000) + "OK 2\n" + pattern(3));
    EQUAL(peer.ask("T 1\nx"), "OK 1\n");
    EQUAL(peer.requests, 4U);
  }
}

TEST("a long answer is queued in pieces, and no answer is queued behind it") {
  Conversation peer;
  peer.session->on_data(bytes_of("GET 1000000000\nGET 1\n"), peer.out);
  EQUAL(peer.out.front().size(), kPatternView);
  CHECK(peer.out.borrows() && peer.out.continues());
}

TEST("a refused request is answered with a line, and the connection ends") {
  const std::pair<std::string, std::string> cases[] = {
      {"HELLO\n", "ERROR unknown command\n"},
      {"GET -1\n", "ERROR bad length\n"},
      {"GET 1e9\nGET 1\n", "ERROR bad length\n"},
      {std::string(100, 'x'), "ERROR line too long\n"},
      {std::string(40, '\0'), "ERROR line too long\n"},
  };
  for (const auto& [request, answer] : cases) {
    Conversation peer;
    EQUAL(peer.ask(request), answer);
    CHECK(peer.out.finished());
    EQUAL(peer.refused, 1U);
    EQUAL(peer.requests, 0U);
  }
}

TEST("requests before a refused one are answered") {
  Conversation peer;
  EQUAL(peer.ask("PUT 1\nxPUT 1\nyz\n"), "OK 1\nOK 1\nERROR unknown command\n");
  EQUAL(peer.requests, 2U);
  EQUAL(peer.refused, 1U);
}

TEST("a peer that ends between requests is not answered") {
  Conversation peer;
  peer.ask("GET 1\n");
  EQUAL(peer.end(), "");
  CHECK(peer.out.finished());
  EQUAL(peer.refused, 0U);
}

TEST("a peer that ends inside a request is answered with an ERROR line") {
  for (const char* start : {"GET 1", "PUT 5\n", "PUT 5\nhell", "GET 1\nG"}) {
    Conversation peer;
    peer.ask(start);
    EQUAL(peer.end(), "ERROR incomplete\n");
    CHECK(peer.out.finished());
    EQUAL(peer.refused, 1U);
  }
}

}  // namespace
}  // namespace c10k::bulk_test
