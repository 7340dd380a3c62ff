#include "files_session.h"

namespace c10k::files_transfers_test {
namespace {

using namespace files_session;

TEST("transfers are recorded when they end, with the bytes of the file") {
  const std::string content = random_bytes(100'000, 11);
  for (const Format& format : kFormats) {
    Peer peer(format);
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
    Peer peer(format, 10);
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
      Peer peer(format);
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
    Peer peer(format);
    peer.receive(format.upload("a", "12345"));
    peer.close();
    EQUAL(peer.transfers(), "upload 5 incomplete");
    EQUAL(peer.requests, 0U);
  }
}

TEST("raw: an interrupted download is recorded with the bytes of the file that were sent") {
  for (const std::size_t sent : {0, 1, 99'999, 200'000}) {
    Peer peer(kRaw);
    peer.directory.make("a", random_bytes(200'000, 12));
    peer.receive("GET a\n");
    EQUAL(peer.take_piece(peer.out.front().size()), "OK 200000\n");
    peer.take_piece(sent);
    peer.close();
    EQUAL(peer.transfers(), "download " + std::to_string(sent) + " incomplete");
  }
  Peer peer(kRaw);
  peer.directory.make("a", "12345");
  peer.receive("GET a\n");
  peer.take_piece(2);
  peer.close();
  EQUAL(peer.transfers(), "download 0 incomplete");
  EQUAL(peer.directory.open_files(), 0U);
}

TEST("base64: an interrupted download is recorded with the parts of the file that were sent") {
  for (const std::size_t parts : {0, 1, 3}) {
    Peer peer(kBase64);
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
}  // namespace c10k::files_transfers_test
