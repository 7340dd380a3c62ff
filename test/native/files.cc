#include "files_session.h"

namespace c10k::files_test {
namespace {

using namespace files_session;

/// All commands of a session with their replies.
struct Exchange {
  explicit Exchange(const Format& format) {
    const std::string content = std::string("A\0b\r\n\r\nB\xff", 9) + random_bytes(100, 1);
    add(format.line("LIST"), format.names({}));
    add(format.upload("b", content), format.ok());
    add(format.upload("a", ""), format.ok());
    add(format.line("list"), format.names({"a", "b"}));
    add(format.line("Get b"), format.content(content));
    add(format.line("GET a"), format.content(""));
    add(format.line("GET B"), format.error("no such file"));
    add(format.line("HELLO"), format.error("unknown command"));
    add(format.upload(".x", content), format.error("bad name"));
    add(format.upload("b", "lower UPPER"), format.ok());
    add(format.line("get b"), format.content("lower UPPER"));
    add(format.line("DELETE b"), format.ok());
    add(format.line("DELETE b"), format.error("no such file"));
    add(format.line("LIST"), format.names({"a"}));
  }
  void add(const std::string& request, const std::string& reply) {
    requests += request;
    replies += reply;
  }

  std::string requests;
  std::string replies;
  static constexpr std::size_t kDone = 10;
  static constexpr std::size_t kRefused = 4;
};

void check_exchange(Peer& peer, const std::string& answer, const Exchange& exchange) {
  EQUAL(answer, exchange.replies);
  EQUAL(peer.requests, Exchange::kDone);
  EQUAL(peer.refused, Exchange::kRefused);
  CHECK(!peer.out.finished());
  EQUAL(joined(peer.directory.names()), "a");
  EQUAL(peer.directory.open_files(), 0U);
}

TEST("commands in one piece are answered in order") {
  for (const Format& format : kFormats) {
    const Exchange exchange(format);
    Peer peer(format);
    check_exchange(peer, peer.ask(exchange.requests), exchange);
    EQUAL(peer.end(), "");
    CHECK(peer.out.finished());
  }
}

TEST("commands split at every byte are answered in order") {
  for (const Format& format : kFormats) {
    const Exchange exchange(format);
    Peer peer(format);
    check_exchange(peer, peer.ask_in_parts(exchange.requests, 1), exchange);
  }
}

TEST("commands cut in two at any byte are answered in order") {
  for (const Format& format : kFormats) {
    const Exchange exchange(format);
    const std::string_view requests = exchange.requests;
    for (std::size_t cut = 1; cut < requests.size(); ++cut) {
      Peer peer(format);
      std::string answer = peer.ask(requests.substr(0, cut));
      answer += peer.ask(requests.substr(cut));
      check_exchange(peer, answer, exchange);
    }
  }
}

TEST("contents of any length are kept exactly, in both directions") {
  std::vector<std::size_t> lengths{0, 1, 2, 3, 65'535, 65'536, 98'304, 200'000};
  for (std::size_t length = 49'149; length <= 49'155; ++length) lengths.push_back(length);
  for (const Format& format : kFormats)
    for (const std::size_t length : lengths)
      for (const std::size_t part : {std::size_t{10'007}, std::size_t{64 * 1024}, SIZE_MAX}) {
        const std::string content = random_bytes(length, length);
        Peer peer(format);
        EQUAL(peer.ask_in_parts(format.upload("a", content), part), format.ok());
        CHECK(peer.directory.content("a") == content);
        CHECK(peer.ask(format.line("GET a")) == format.content(content));
        EQUAL(peer.requests, 2U);
      }
}

TEST("a content received byte by byte is kept exactly") {
  const std::string content = random_bytes(2'000, 4);
  for (const Format& format : kFormats) {
    Peer peer(format);
    EQUAL(peer.ask_in_parts(format.upload("a", content), 1), format.ok());
    CHECK(peer.directory.content("a") == content);
  }
}

TEST("upper and lower case are kept, in contents and in names") {
  for (const Format& format : kFormats) {
    Peer peer(format);
    peer.ask(format.upload("Name", "Upper lower") + format.upload("name", "uPPER LOWER"));
    EQUAL(peer.ask(format.line("LIST")), format.names({"Name", "name"}));
    EQUAL(peer.ask(format.line("GET Name")), format.content("Upper lower"));
    EQUAL(peer.ask(format.line("GET name")), format.content("uPPER LOWER"));
  }
}

TEST("a content may look like commands") {
  for (const Format& format : kFormats) {
    const std::string content = format.line("DELETE a") + format.upload("b", "x");
    Peer peer(format);
    EQUAL(peer.ask(format.upload("a", content)), format.ok());
    EQUAL(peer.ask(format.line("LIST") + format.line("GET a")),
          format.names({"a"}) + format.content(content));
  }
}

TEST("names may have spaces, except in an upload as base64") {
  Peer raw(kRaw);
  EQUAL(raw.ask(kRaw.upload(" a  b ", "x")), kRaw.ok());
  EQUAL(raw.ask(kRaw.line("LIST") + kRaw.line("GET  a  b ") + kRaw.line("DELETE  a  b ")),
        kRaw.names({" a  b "}) + kRaw.content("x") + kRaw.ok());
  Peer base64(kBase64);
  base64.directory.make("a b", "x");
  EQUAL(base64.ask(kBase64.line("GET a b")), kBase64.content("x"));
  EQUAL(base64.ask(kBase64.upload("c d", "x")), kBase64.error("bad base64"));
  EQUAL(joined(base64.directory.names()), "a b");
}

TEST("base64: quotes and backslashes in names are escaped") {
  Peer peer(kBase64);
  for (const char* name : {R"(a"b)", R"(c\d)", "e/\xc3\xbc"}) peer.directory.make(name);
  peer.directory.make("\xc3\xbc");
  EQUAL(peer.ask(kBase64.line("LIST")), kBase64.names({R"(a\"b)", R"(c\\d)", "\xc3\xbc"}));
}

TEST("commands behind a download wait until it is sent") {
  const std::string content = random_bytes(200'000, 2);
  for (const Format& format : kFormats) {
    Peer peer(format);
    peer.directory.make("a", content);
    peer.receive(format.line("GET a") + format.line("DELETE a") + format.upload("b", "new") +
                 format.line("LIST") + "G");
    EQUAL(joined(peer.directory.names()), "a");
    CHECK(peer.take() == format.content(content) + format.ok() + format.ok() + format.names({"b"}));
    EQUAL(peer.requests, 4U);
    EQUAL(peer.ask(format.line("ET b")), format.content("new"));
  }
}

TEST("a request is counted when its reply is sent") {
  for (const Format& format : kFormats) {
    Peer peer(format);
    for (const std::string& request : {format.upload("a", "x"), format.line("LIST"),
                                       format.line("GET a"), format.line("DELETE a")}) {
      const std::size_t before = peer.requests;
      peer.receive(request);
      EQUAL(peer.requests, before);
      peer.take();
      EQUAL(peer.requests, before + 1);
    }
    peer.receive(format.line("GET a"));
    EQUAL(peer.refused, 1U);
    peer.take();
    EQUAL(peer.requests, 4U);
    EQUAL(peer.refused, 1U);
  }
}

TEST("base64: a download is queued in pieces from memory of constant size") {
  Peer peer(kBase64);
  peer.directory.make("a", random_bytes(1'000'000, 3));
  peer.receive(kBase64.line("GET a"));
  for (bool continues = true; continues; continues = peer.go_on()) {
    CHECK(peer.out.unsent() <= 66'000 && peer.out.borrows());
    peer.take_queued();
  }
  EQUAL(peer.requests, 1U);
}

TEST("raw: a file is sent without a copy") {
  Peer peer(kRaw);
  peer.directory.make("a", std::string(1'000'000, 'x'));
  peer.receive(kRaw.line("GET a"));
  EQUAL(text_of(peer.out.front()), "OK 1000000\n");
  CHECK(peer.out.file().offset == 0 && peer.out.file().length == 1'000'000);
  EQUAL(peer.directory.open_files(), 1U);
  peer.take();
  EQUAL(peer.directory.open_files(), 0U);
}

TEST("a file that is replaced or deleted during its download is sent as it was") {
  const std::string content = random_bytes(200'000, 6);
  for (const Format& format : kFormats) {
    Peer peer(format);
    peer.directory.make("a", content);
    peer.receive(format.line("GET a"));
    std::string answer = peer.take_piece(5);
    std::filesystem::remove(peer.directory.path("a"));
    peer.directory.make("a", "new");
    CHECK(answer + peer.take() == format.content(content));
  }
}

TEST("base64: a file that becomes shorter during its download ends the connection in the reply") {
  const std::string content = random_bytes(200'000, 5);
  Peer peer(kBase64);
  peer.directory.make("a", content);
  peer.receive(kBase64.line("GET a") + kBase64.line("LIST"));
  std::string answer = peer.take_queued();
  std::filesystem::resize_file(peer.directory.path("a"), 60'000);
  answer += peer.take();
  CHECK(peer.out.finished() && !peer.out.continues());
  CHECK(answer.size() > 1'000 && kBase64.content(content).starts_with(answer));
  CHECK(answer.size() <= std::string_view(R"({"status":"OK","data":")").size() + 80'000);
  CHECK(peer.requests == 0 && peer.refused == 0);
  peer.close();
  EQUAL(peer.transfers(), "download 49152 incomplete");
}

}  // namespace
}  // namespace c10k::files_test
