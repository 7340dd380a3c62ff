#include "service/files/files.h"

#include <unistd.h>

#include <cstring>
#include <stdexcept>

#include "check.h"
#include "random_bytes.h"
#include "reference_base64.h"
#include "temporary_directory.h"

namespace c10k::files_test {
namespace {

using test::Names;
using test::random_bytes;

/// A wire format as a client writes and reads it.
struct Format {
  std::unique_ptr<Wire> (*make)();
  bool is_raw;

  std::string line(const std::string& command) const {
    return command + (is_raw ? "\n" : "\r\n\r\n");
  }
  std::string upload(const std::string& name, std::string_view content) const {
    const std::string start = "UPLOAD " + name + ' ';
    return is_raw ? start + std::to_string(content.size()) + '\n' + std::string(content)
                  : line(start + test::reference_encoding(content));
  }
  std::string ok() const { return is_raw ? "OK 0\n" : line(R"({"status":"OK","data":null})"); }
  std::string content(std::string_view bytes) const {
    return is_raw ? "OK " + std::to_string(bytes.size()) + '\n' + std::string(bytes)
                  : line(R"({"status":"OK","data":")" + test::reference_encoding(bytes) + "\"}");
  }
  std::string names(const Names& names) const {
    std::string text;
    for (const std::string& name : names)
      text += is_raw ? name + '\n' : (text.empty() ? "" : ",") + ('"' + name + '"');
    return is_raw ? content(text) : line(R"({"status":"OK","data":[)" + text + "]}");
  }
  std::string error(const std::string& why) const {
    return is_raw ? "ERROR " + why + '\n' : line(R"({"status":"ERROR","data":")" + why + "\"}");
  }
};

constexpr Format kRaw{make_raw_wire, true};
constexpr Format kBase64{make_base64_wire, false};
constexpr Format kFormats[] = {kRaw, kBase64};

/// A session with a peer that takes everything at once.
struct Conversation {
  explicit Conversation(const Format& format, std::uint64_t largest = kLargestUpload)
      : service({format.make, directory.path(), largest}),
        recorder(std::make_unique<TransferRecorder>(log, Address(), 5)),
        session(service.open({}, TransferReports(recorder.get()))) {}

  /// Received bytes, in a buffer that is reused at once. Nothing is sent yet.
  void receive(std::string_view in) {
    std::string buffer(in);
    add(session->on_data(bytes_of(buffer), out));
    out.keep();
    buffer.assign(buffer.size(), 'X');
  }
  std::string ask(std::string_view in) {
    receive(in);
    return take();
  }
  /// The answer to bytes that arrive in parts. As an engine does, it sends before it receives.
  std::string ask_in_parts(std::string_view in, std::size_t length) {
    std::string answer;
    for (; !in.empty(); in.remove_prefix(std::min(length, in.size())))
      answer += ask(in.substr(0, length));
    return answer;
  }
  std::string end() {
    add(session->on_end(out));
    return take();
  }
  std::string take() {
    std::string answer;
    do answer += take_queued();
    while (go_on());
    return answer;
  }
  /// What is queued now.
  std::string take_queued() {
    std::string answer;
    while (!out.empty()) answer += take_piece(out.next_length());
    return answer;
  }
  /// The bytes that one send takes.
  std::string take_piece(std::size_t length) {
    std::string piece(length, '\0');
    if (const Bytes front = out.front(); !front.empty())
      std::memcpy(piece.data(), front.data(), length);
    else if (::pread(out.file().fd, piece.data(), length, out.file().offset) !=
             static_cast<ssize_t>(length))
      throw std::runtime_error("the file is shorter than the reply");
    out.consume(length);
    return piece;
  }
  bool go_on() {
    if (!out.take_continuation()) return false;
    add(session->on_sent(out));
    return true;
  }
  void add(Done done) {
    requests += done.requests;
    refused += done.refused;
    calls += done.storage.calls;
    time += done.storage.time;
  }
  /// What Connection::end_session() does.
  void close() {
    recorder->take_back(out.unsent());
    session.reset();
    recorder.reset();
  }
  /// The transfers that have ended: operation, bytes and outcome.
  std::string transfers() {
    std::string text;
    for (const TransferRecord& row : log.take().rows) {
      CHECK(row.opened == 5 && row.began > 0 && row.ended >= row.began);
      EQUAL(row.number, ++rows);
      text += text.empty() ? "" : ", ";
      text += std::string(row.operation.get()) + ' ' + std::to_string(row.bytes) + ' ' +
              kTransferOutcomeNames[static_cast<int>(row.outcome)];
    }
    return text;
  }
  /// Nothing is stored, not even without a name.
  bool has_stored_nothing() const {
    return directory.names().empty() && directory.open_files() == 0;
  }

  test::TemporaryDirectory directory;
  FilesService service;
  TransferTable log{100};
  std::unique_ptr<TransferRecorder> recorder;
  std::unique_ptr<Session> session;
  Outbox out;
  std::uint32_t rows = 0;
  std::size_t requests = 0;
  std::size_t refused = 0;
  std::size_t calls = 0;
  Nanoseconds time = 0;
};

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

void check_exchange(Conversation& peer, const std::string& answer, const Exchange& exchange) {
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
    Conversation peer(format);
    check_exchange(peer, peer.ask(exchange.requests), exchange);
    EQUAL(peer.end(), "");
    CHECK(peer.out.finished());
  }
}

TEST("commands split at every byte are answered in order") {
  for (const Format& format : kFormats) {
    const Exchange exchange(format);
    Conversation peer(format);
    check_exchange(peer, peer.ask_in_parts(exchange.requests, 1), exchange);
  }
}

TEST("commands cut in two at any byte are answered in order") {
  for (const Format& format : kFormats) {
    const Exchange exchange(format);
    const std::string_view requests = exchange.requests;
    for (std::size_t cut = 1; cut < requests.size(); ++cut) {
      Conversation peer(format);
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
        Conversation peer(format);
        EQUAL(peer.ask_in_parts(format.upload("a", content), part), format.ok());
        CHECK(peer.directory.content("a") == content);
        CHECK(peer.ask(format.line("GET a")) == format.content(content));
        EQUAL(peer.requests, 2U);
      }
}

TEST("a content received byte by byte is kept exactly") {
  const std::string content = random_bytes(2'000, 4);
  for (const Format& format : kFormats) {
    Conversation peer(format);
    EQUAL(peer.ask_in_parts(format.upload("a", content), 1), format.ok());
    CHECK(peer.directory.content("a") == content);
  }
}

TEST("upper and lower case are kept, in contents and in names") {
  for (const Format& format : kFormats) {
    Conversation peer(format);
    peer.ask(format.upload("Name", "Upper lower") + format.upload("name", "uPPER LOWER"));
    EQUAL(peer.ask(format.line("LIST")), format.names({"Name", "name"}));
    EQUAL(peer.ask(format.line("GET Name")), format.content("Upper lower"));
    EQUAL(peer.ask(format.line("GET name")), format.content("uPPER LOWER"));
  }
}

TEST("a content may look like commands") {
  for (const Format& format : kFormats) {
    const std::string content = format.line("DELETE a") + format.upload("b", "x");
    Conversation peer(format);
    EQUAL(peer.ask(format.upload("a", content)), format.ok());
    EQUAL(peer.ask(format.line("LIST") + format.line("GET a")),
          format.names({"a"}) + format.content(content));
  }
}

TEST("names may have spaces, except in an upload as base64") {
  Conversation raw(kRaw);
  EQUAL(raw.ask(kRaw.upload(" a  b ", "x")), kRaw.ok());
  EQUAL(raw.ask(kRaw.line("LIST") + kRaw.line("GET  a  b ") + kRaw.line("DELETE  a  b ")),
        kRaw.names({" a  b "}) + kRaw.content("x") + kRaw.ok());
  Conversation base64(kBase64);
  base64.directory.make("a b", "x");
  EQUAL(base64.ask(kBase64.line("GET a b")), kBase64.content("x"));
  EQUAL(base64.ask(kBase64.upload("c d", "x")), kBase64.error("bad base64"));
  EQUAL(joined(base64.directory.names()), "a b");
}

TEST("base64: quotes and backslashes in names are escaped") {
  Conversation peer(kBase64);
  for (const char* name : {R"(a"b)", R"(c\d)", "e/\xc3\xbc"}) peer.directory.make(name);
  peer.directory.make("\xc3\xbc");
  EQUAL(peer.ask(kBase64.line("LIST")), kBase64.names({R"(a\"b)", R"(c\\d)", "\xc3\xbc"}));
}

TEST("commands behind a download wait until it is sent") {
  const std::string content = random_bytes(200'000, 2);
  for (const Format& format : kFormats) {
    Conversation peer(format);
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
    Conversation peer(format);
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
  Conversation peer(kBase64);
  peer.directory.make("a", random_bytes(1'000'000, 3));
  peer.receive(kBase64.line("GET a"));
  for (bool continues = true; continues; continues = peer.go_on()) {
    CHECK(peer.out.unsent() <= 66'000 && peer.out.borrows());
    peer.take_queued();
  }
  EQUAL(peer.requests, 1U);
}

TEST("raw: a file is sent without a copy") {
  Conversation peer(kRaw);
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
    Conversation peer(format);
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
  Conversation peer(kBase64);
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

TEST("a refused upload's content is discarded, and the next command is read") {
  const std::string content = random_bytes(150'000, 8);
  for (const Format& format : kFormats)
    for (const char* name : {".x", "..", "a/b", "/x", "\xff", "\xed\xa0\x80", "a\x7f"})
      for (const std::size_t part : {std::size_t{10'007}, SIZE_MAX}) {
        Conversation peer(format);
        EQUAL(peer.ask_in_parts(format.upload(name, content) + format.line("LIST"), part),
              format.error("bad name") + format.names({}));
        EQUAL(peer.refused, 1U);
        CHECK(peer.has_stored_nothing() && !peer.out.finished());
      }
}

TEST("base64: a content that is not correct base64 is refused, and the next command is read") {
  const std::string correct = test::reference_encoding(random_bytes(3'000, 9));
  for (const std::string error : {"A===",
                                  "=",
                                  "AA=A",
                                  "AAA=AAAA",
                                  "AB==",
                                  "AAB=",
                                  "A",
                                  "AA",
                                  "AAA",
                                  "AA==AA==",
                                  " ",
                                  "QUJD ",
                                  "QU\nJD",
                                  "QU\rJD",
                                  "\r",
                                  "\r\r",
                                  "\n",
                                  "\r\n\r",
                                  "\r\nA",
                                  "\r\n\rA",
                                  "\r\n=",
                                  "ab-_",
                                  "\xff\xff\xff\xff"})
    for (const std::string& before : {std::string(), correct})
      for (const std::size_t part : {std::size_t{1}, SIZE_MAX}) {
        Conversation peer(kBase64);
        const std::string upload = kBase64.line("UPLOAD a " + before + error);
        EQUAL(peer.ask_in_parts(upload + kBase64.line("LIST"), part),
              kBase64.error("bad base64") + kBase64.names({}));
        CHECK(peer.requests == 1 && peer.refused == 1 && !peer.out.finished());
        CHECK(peer.has_stored_nothing());
        EQUAL(peer.ask(kBase64.upload("a", "next")), kBase64.ok());
        EQUAL(peer.directory.content("a"), "next");
      }
}

TEST("what is stored of an upload is freed when it is refused, not when its content ends") {
  Conversation peer(kBase64);
  peer.ask("UPLOAD a QUJDQUJD");
  EQUAL(peer.directory.open_files(), 1U);
  EQUAL(peer.ask("Q-JD"), "");
  CHECK(peer.has_stored_nothing());
  EQUAL(peer.ask("QUJD\r\n\r\n"), kBase64.error("bad base64"));
}

TEST("an upload that can't be written is refused, and the next command is read") {
  const std::string content = random_bytes(150'000, 10);
  for (const Format& format : kFormats) {
    Conversation peer(format);
    peer.directory.make("a", "old");
    {
      const test::LimitedFiles limited(70'000);
      EQUAL(peer.ask_in_parts(format.upload("a", content), 10'007),
            format.error("input/output error"));
    }
    CHECK(peer.refused == 1 && peer.requests == 0 && peer.directory.open_files() == 0);
    EQUAL(peer.ask(format.line("LIST") + format.line("GET a")),
          format.names({"a"}) + format.content("old"));
  }
}

TEST("without a free descriptor commands are refused, and the connection goes on") {
  for (const Format& format : kFormats) {
    Conversation peer(format);
    peer.directory.make("a", "x");
    const std::string requests =
        format.upload("b", "content") + format.line("GET a") + format.line("LIST");
    const std::string error = format.error("too many open files");
    {
      const test::NoDescriptors none;
      EQUAL(peer.ask(requests), error + error + error);
    }
    EQUAL(peer.refused, 3U);
    EQUAL(peer.ask(requests), format.ok() + format.content("x") + format.names({"a", "b"}));
  }
}

TEST("an upload to the name of a directory is refused, and nothing is left of it") {
  for (const Format& format : kFormats) {
    Conversation peer(format);
    std::filesystem::create_directory(peer.directory.path("a"));
    EQUAL(peer.ask(format.upload("a", "x") + format.line("GET a") + format.line("DELETE a")),
          format.error("bad name") + format.error("no such file") + format.error("no such file"));
    EQUAL(joined(peer.directory.names()), "a");
    EQUAL(peer.directory.open_files(), 0U);
  }
}

TEST("a content of the largest length is stored; a longer one ends the connection") {
  for (const Format& format : kFormats)
    for (const std::size_t largest : {1, 2, 3, 10, 100'000})
      for (const std::size_t part : {std::size_t{9'973}, SIZE_MAX}) {
        const std::string content = random_bytes(largest + 1, largest);
        const std::string shorter = content.substr(1);
        Conversation peer(format, largest);
        EQUAL(peer.ask_in_parts(format.upload("a", shorter), part), format.ok());
        CHECK(peer.directory.content("a") == shorter);
        peer.ask(format.line("DELETE a"));
        std::string answer;
        const std::string upload = format.upload("a", content);
        for (std::size_t at = 0; at < upload.size() && !peer.out.finished();) {
          answer += peer.ask(std::string_view(upload).substr(at, part));
          at += std::min(part, upload.size() - at);
        }
        EQUAL(answer, format.error("too large"));
        CHECK(peer.out.finished() && peer.refused == 1 && peer.requests == 2);
        CHECK(peer.has_stored_nothing());
      }
}

TEST("raw: a content announced as too large is refused before it arrives") {
  Conversation peer(kRaw, 10);
  EQUAL(peer.ask("UPLOAD a 11\n"), kRaw.error("too large"));
  CHECK(peer.out.finished() && peer.calls == 0);
}

TEST("base64: characters that give no bytes count towards the largest length") {
  for (const std::string head : {"UPLOAD a -", "UPLOAD a ", "UPLOAD .x "})
    for (const std::string each : {"\r", "-", "\r\nA"}) {
      Conversation peer(kBase64, 10);
      std::string answer = peer.ask(head);
      std::size_t sent = 0;
      for (; sent < 1'000 && !peer.out.finished(); sent += each.size()) answer += peer.ask(each);
      EQUAL(answer, kBase64.error("too large"));
      CHECK(sent <= 24 && peer.has_stored_nothing());
    }
}

TEST("where the next command begins is unknown, the connection ends") {
  const std::tuple<Format, std::string, std::string> cases[] = {
      {kRaw, "UPLOAD\n", "no length"},
      {kRaw, "UPLOAD a\n", "no length"},
      {kRaw, "UPLOAD a x\n", "bad length"},
      {kRaw, "UPLOAD a -1\n", "bad length"},
      {kRaw, "UPLOAD a 4611686018427387905\n", "bad length"},
      {kRaw, std::string(284, 'x'), "line too long"},
      {kRaw, "UPLOAD a 4611686018427387904\n", "too large"},
      {kBase64, "UPLOAD " + std::string(260, 'x'), "command too long"},
      {kBase64, "GET " + std::string(263, 'x'), "command too long"},
  };
  for (const auto& [format, request, why] : cases) {
    Conversation peer(format);
    EQUAL(peer.ask(format.line("LIST") + request + format.line("LIST")),
          format.names({}) + format.error(why));
    CHECK(peer.out.finished() && peer.requests == 1 && peer.refused == 1);
    CHECK(peer.has_stored_nothing());
  }
}

TEST("a refused command without a content is answered, and the connection goes on") {
  for (const Format& format : kFormats)
    for (const auto& [command, why] :
         {std::pair("HELLO", "unknown command"), std::pair("", "unknown command"),
          std::pair("LIST a", "LIST takes no name"), std::pair("GET", "no name"),
          std::pair("DELETE ", "no name"), std::pair("GET ../a", "bad name"),
          std::pair("DELETE .x", "bad name"), std::pair("GET a", "no such file"),
          std::pair("DELETE a", "no such file")}) {
      Conversation peer(format);
      EQUAL(peer.ask(format.line(command) + format.line("LIST")),
            format.error(why) + format.names({}));
      CHECK(peer.requests == 1 && peer.refused == 1 && !peer.out.finished());
    }
}

TEST("base64: UPLOAD without a content is refused, and the connection goes on") {
  for (const auto& [command, why] :
       {std::pair("UPLOAD", "no name"), std::pair("UPLOAD a", "no content"),
        std::pair("UPLOAD  QUJD", "no name")}) {
    Conversation peer(kBase64);
    EQUAL(peer.ask(kBase64.line(command) + kBase64.line("LIST")),
          kBase64.error(why) + kBase64.names({}));
    CHECK(peer.requests == 1 && peer.refused == 1);
  }
}

TEST("a symbolic link out of the directory gives no content") {
  const test::TemporaryDirectory outside;
  outside.make("secret", "outside");
  for (const Format& format : kFormats) {
    Conversation peer(format);
    std::filesystem::create_symlink(outside.path("secret"), peer.directory.path("link"));
    const std::string answer = peer.ask(format.line("GET link"));
    CHECK(answer.starts_with(format.is_raw ? "ERROR " : R"({"status":"ERROR",)"));
    CHECK(peer.refused == 1 && !peer.out.finished());
  }
}

TEST("an upload that is interrupted anywhere leaves nothing") {
  for (const Format& format : kFormats) {
    const std::string upload = format.upload("a", "content");
    for (std::size_t length = 1; length < upload.size(); ++length)
      for (const bool ends : {true, false}) {
        Conversation peer(format);
        EQUAL(peer.ask(std::string_view(upload).substr(0, length)), "");
        if (ends) {
          EQUAL(peer.end(), format.error("incomplete"));
          CHECK(peer.out.finished() && peer.refused == 1);
          CHECK(peer.has_stored_nothing());
        }
        peer.close();
        CHECK(peer.has_stored_nothing() && peer.requests == 0);
      }
  }
}

TEST("a peer that ends inside a command is answered with an error") {
  for (const Format& format : kFormats)
    for (const char* start : {"G", "GET a", "LIST", "DELETE a"}) {
      Conversation peer(format);
      peer.ask(format.line("LIST") + start);
      EQUAL(peer.end(), format.error("incomplete"));
      CHECK(peer.out.finished() && peer.requests == 1 && peer.refused == 1);
    }
}

TEST("a peer that ends between commands is not answered") {
  for (const Format& format : kFormats) {
    Conversation peer(format);
    peer.ask(format.line("LIST"));
    EQUAL(peer.end(), "");
    CHECK(peer.out.finished() && peer.refused == 0);
  }
}

TEST("two sessions upload to one name, and the last to end stays") {
  for (const Format& format : kFormats) {
    Conversation peer(format);
    Outbox out;
    const auto other = peer.service.open({}, {});
    const std::string upload = format.upload("a", "first");
    peer.ask(std::string_view(upload).substr(0, upload.size() - 1));
    other->on_data(bytes_of(format.upload("a", "second")), out);
    EQUAL(peer.directory.content("a"), "second");
    EQUAL(peer.ask(std::string_view(upload).substr(upload.size() - 1)), format.ok());
    EQUAL(peer.directory.content("a"), "first");
    EQUAL(joined(peer.directory.names()), "a");
  }
}

TEST("the calls on files are counted, with their time") {
  for (const Format& format : kFormats) {
    Conversation peer(format);
    const auto counted = [&](const std::string& request, std::size_t calls) {
      peer.ask(request);
      CHECK(peer.calls == calls && (peer.time > 0) == (calls > 0));
      peer.calls = 0;
      peer.time = 0;
    };
    counted(format.line("LIST"), 4);
    counted(format.upload("a", "content"), 4);
    counted(format.upload("b", ""), 3);
    counted(format.line("GET a"), format.is_raw ? 3 : 4);
    counted(format.line("GET b"), 3);
    counted(format.line("GET c"), 1);
    counted(format.line("DELETE a"), 1);
    counted(format.line("DELETE a"), 1);
    counted(format.upload(".x", "content"), 0);
    counted(format.line("GET .x"), 0);
    counted(format.line("HELLO"), 0);
  }
}

TEST("transfers are recorded when they end, with the bytes of the file") {
  const std::string content = random_bytes(100'000, 11);
  for (const Format& format : kFormats) {
    Conversation peer(format);
    peer.ask_in_parts(format.upload("a", content) + format.upload("b", ""), 10'007);
    EQUAL(peer.transfers(), "upload 100000 done, upload 0 done");
    peer.receive(format.line("GET a"));
    EQUAL(peer.transfers(), "");
    peer.take();
    EQUAL(peer.transfers(), "download 100000 done");
    peer.ask(format.line("LIST") + format.line("DELETE a"));
    EQUAL(peer.transfers(), "list 0 done, delete 0 done");
    peer.close();
    EQUAL(peer.transfers(), "");
  }
}

TEST("refused requests are recorded, an unknown one without an operation") {
  for (const Format& format : kFormats) {
    Conversation peer(format, 10);
    peer.ask(format.line("GET a") + format.line("LIST a") + format.line("DELETE a") +
             format.line("HELLO") + format.upload(".x", "12345"));
    EQUAL(peer.transfers(),
          "download 0 refused, list 0 refused, delete 0 refused,  0 refused, upload 5 refused");
    peer.ask(format.upload("a", std::string(40, 'x')));
    const std::string too_large = peer.transfers();
    CHECK(too_large.starts_with("upload ") && too_large.ends_with(" refused"));
    peer.close();
    EQUAL(peer.transfers(), "");
  }
}

TEST("an interrupted upload is recorded with the bytes that were received") {
  for (const Format& format : kFormats)
    for (const bool ends : {true, false}) {
      Conversation peer(format);
      const std::string upload = format.upload("a", "123456789");
      // Base64: the last two groups and the empty line are missing.
      peer.ask(std::string_view(upload).substr(0, upload.size() - (format.is_raw ? 6 : 12)));
      if (ends) peer.end();
      peer.close();
      EQUAL(peer.transfers(), "upload 3 incomplete");
    }
}

TEST("a request whose reply was not sent is incomplete") {
  for (const Format& format : kFormats) {
    Conversation peer(format);
    peer.receive(format.upload("a", "12345"));
    peer.close();
    EQUAL(peer.transfers(), "upload 5 incomplete");
    EQUAL(peer.requests, 0U);
  }
}

TEST("raw: an interrupted download is recorded with the bytes of the file that were sent") {
  for (const std::size_t sent : {0, 1, 99'999, 200'000}) {
    Conversation peer(kRaw);
    peer.directory.make("a", random_bytes(200'000, 12));
    peer.receive("GET a\n");
    EQUAL(peer.take_piece(peer.out.front().size()), "OK 200000\n");
    peer.take_piece(sent);
    peer.close();
    EQUAL(peer.transfers(), "download " + std::to_string(sent) + " incomplete");
  }
  Conversation peer(kRaw);
  peer.directory.make("a", "12345");
  peer.receive("GET a\n");
  peer.take_piece(2);
  peer.close();
  EQUAL(peer.transfers(), "download 0 incomplete");
  EQUAL(peer.directory.open_files(), 0U);
}

TEST("base64: an interrupted download is recorded with the parts of the file that were sent") {
  for (const std::size_t parts : {0, 1, 3}) {
    Conversation peer(kBase64);
    peer.directory.make("a", random_bytes(200'000, 13));
    peer.receive(kBase64.line("GET a"));
    for (std::size_t part = 0; part < parts; ++part) {
      peer.take_queued();
      CHECK(peer.go_on());
    }
    peer.take_piece(1'000);
    peer.close();
    EQUAL(peer.transfers(), "download " + std::to_string(parts * 49'152) + " incomplete");
    EQUAL(peer.directory.open_files(), 0U);
  }
}

TEST("a session without a recorder serves files") {
  for (const Format& format : kFormats) {
    const test::TemporaryDirectory directory;
    FilesService service({format.make, directory.path(), 10});
    const auto session = service.open({}, {});
    Outbox out;
    session->on_data(bytes_of(format.upload("a", "x")), out);
    EQUAL(text_of(out.front()), format.ok());
    EQUAL(directory.content("a"), "x");
  }
}

/// The exception's message; empty if none is thrown.
std::string refusal(const NamedOptions& options) {
  try {
    read_files_options(options);
    return "";
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
}

TEST("options are read; the wire format is base64 unless it is given") {
  const FilesOptions least = read_files_options({{"storage", "/a b"}});
  CHECK(least.make_wire == make_base64_wire && least.largest == kLargestUpload);
  EQUAL(least.storage, "/a b");
  CHECK(read_files_options({{"storage", "x"}, {"wire", "base64"}}).make_wire == make_base64_wire);
  const FilesOptions all =
      read_files_options({{"storage", "x"}, {"wire", "raw"}, {"largest", "1"}});
  CHECK(all.make_wire == make_raw_wire && all.largest == 1);
}

TEST("a wrong or missing option is refused with what is allowed") {
  EQUAL(refusal({}), "files option storage: missing; allowed: a text");
  EQUAL(refusal({{"storage", "x"}, {"wire", "json"}}),
        "files option wire: 'json'; allowed: base64, raw");
  for (const std::string value : {"0", "1099511627777", "x"})
    EQUAL(refusal({{"storage", "x"}, {"largest", value}}),
          "files option largest: '" + value + "'; allowed: a whole number from 1 to 1099511627776");
  EQUAL(refusal({{"storage", "x"}, {"root", "y"}}),
        "files has no option root; allowed: largest, storage, wire");
}

TEST("a service is made with its directory, or not at all") {
  const test::TemporaryDirectory directory;
  CHECK(read_files({{"storage", directory.path()}})() != nullptr);
  bool is_refused = false;
  try {
    read_files({{"storage", directory.path("missing")}});
  } catch (const SystemError& error) {
    is_refused = error.code().value() == ENOENT;
  }
  CHECK(is_refused);
}

}  // namespace
}  // namespace c10k::files_test
