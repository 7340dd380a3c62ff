#include "files_session.h"

namespace c10k::files_uploads_test {
namespace {

using namespace files_session;

TEST("a refused upload's content is discarded, and the next command is read") {
  const std::string content = random_bytes(150'000, 8);
  for (const Format& format : kFormats)
    for (const char* name : {".x", "..", "a/b", "/x", "\xff", "\xed\xa0\x80", "a\x7f"})
      for (const std::size_t part : {std::size_t{10'007}, SIZE_MAX}) {
        Peer peer(format);
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
        Peer peer(kBase64);
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
  Peer peer(kBase64);
  peer.ask("UPLOAD a QUJDQUJD");
  EQUAL(peer.directory.open_files(), 1U);
  EQUAL(peer.ask("Q-JD"), "");
  CHECK(peer.has_stored_nothing());
  EQUAL(peer.ask("QUJD\r\n\r\n"), kBase64.error("bad base64"));
}

TEST("an upload that can't be written is refused, and the next command is read") {
  const std::string content = random_bytes(150'000, 10);
  for (const Format& format : kFormats) {
    Peer peer(format);
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
    Peer peer(format);
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
    Peer peer(format);
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
        Peer peer(format, largest);
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
  Peer peer(kRaw, 10);
  EQUAL(peer.ask("UPLOAD a 11\n"), kRaw.error("too large"));
  CHECK(peer.out.finished() && peer.calls == 0);
}

TEST("base64: characters that give no bytes count towards the largest length") {
  for (const std::string head : {"UPLOAD a -", "UPLOAD a ", "UPLOAD .x "})
    for (const std::string each : {"\r", "-", "\r\nA"}) {
      Peer peer(kBase64, 10);
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
    Peer peer(format);
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
      Peer peer(format);
      EQUAL(peer.ask(format.line(command) + format.line("LIST")),
            format.error(why) + format.names({}));
      CHECK(peer.requests == 1 && peer.refused == 1 && !peer.out.finished());
    }
}

TEST("base64: UPLOAD without a content is refused, and the connection goes on") {
  for (const auto& [command, why] :
       {std::pair("UPLOAD", "no name"), std::pair("UPLOAD a", "no content"),
        std::pair("UPLOAD  QUJD", "no name")}) {
    Peer peer(kBase64);
    EQUAL(peer.ask(kBase64.line(command) + kBase64.line("LIST")),
          kBase64.error(why) + kBase64.names({}));
    CHECK(peer.requests == 1 && peer.refused == 1);
  }
}

TEST("a symbolic link out of the directory gives no content") {
  const test::TemporaryDirectory outside;
  outside.make("secret", "outside");
  for (const Format& format : kFormats) {
    Peer peer(format);
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
        Peer peer(format);
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
      Peer peer(format);
      peer.ask(format.line("LIST") + start);
      EQUAL(peer.end(), format.error("incomplete"));
      CHECK(peer.out.finished() && peer.requests == 1 && peer.refused == 1);
    }
}

TEST("a peer that ends between commands is not answered") {
  for (const Format& format : kFormats) {
    Peer peer(format);
    peer.ask(format.line("LIST"));
    EQUAL(peer.end(), "");
    CHECK(peer.out.finished() && peer.refused == 0);
  }
}

TEST("two sessions upload to one name, and the last to end stays") {
  for (const Format& format : kFormats) {
    Peer peer(format);
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
    Peer peer(format);
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

}  // namespace
}  // namespace c10k::files_uploads_test
