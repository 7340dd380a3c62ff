#include "load/protocol/files/files.h"

#include <unistd.h>

#include <stdexcept>

#include "base/memory_file.h"
#include "check.h"

namespace c10k::files_protocol_test {
namespace {

using Kind = Answer::Kind;

constexpr std::string_view kRaw = "some bytes";
constexpr std::string_view kEncoded = "c29tZSBieXRlcw==";

/// A protocol with a content file, and one exchange.
struct Client {
  UniqueFd file;
  FilesProtocol protocol;
  FilesProtocol::Exchange exchange;

  Client(const char* wire, const char* op)
      : file(memory_file("content")), protocol(options(wire, op), 1) {
    protocol.begin(exchange, {.client = 7, .nth = 2});
  }

  NamedOptions options(const std::string& wire, const std::string& op) const {
    NamedOptions all{{"wire", wire}, {"op", op}};
    if (op == "list") all["entries"] = "1";
    if (op != "upload" && op != "download") return all;
    const std::string_view content = wire == "raw" ? kRaw : kEncoded;
    check(::write(file.get(), content.data(), content.size()), "write");
    all["bytes"] = std::to_string(kRaw.size());
    all["content"] = "/proc/self/fd/" + std::to_string(file.get());
    return all;
  }

  /// Sends at most `most` bytes at a time.
  std::string send(std::size_t most) {
    std::string sent;
    for (;;) {
      Bytes rest = protocol.unsent(exchange);
      rest = rest.first(std::min(rest.size(), most));
      if (rest.empty()) return sent;
      sent.append(text_of(rest));
      protocol.sent(exchange, rest.size());
    }
  }
  Answer receive(std::string_view text) {
    return protocol.receive(exchange, bytes_of(text), false);
  }
  std::uint64_t payload() const { return protocol.payload(exchange); }
};

struct Commands {
  const char* op;
  std::string_view raw;
  std::string_view base64;
};
constexpr Commands kCommands[] = {
    {"list", "LIST\n", "LIST\r\n\r\n"},
    {"download", "GET download\n", "GET download\r\n\r\n"},
    {"delete", "DELETE 7-2\n", "DELETE 7-2\r\n\r\n"},
    {"upload", "UPLOAD 7-2 10\nsome bytes", "UPLOAD 7-2 c29tZSBieXRlcw==\r\n\r\n"},
};

TEST("each operation is a command, sent in parts of any size") {
  for (const auto& [op, raw, base64] : kCommands)
    for (const std::size_t most : {std::size_t{1}, std::size_t{5}, std::size_t{1000}}) {
      EQUAL(Client("raw", op).send(most), std::string(raw));
      EQUAL(Client("base64", op).send(most), std::string(base64));
    }
}

TEST("the payload of an upload is counted as bytes of the file while it is sent") {
  for (const char* wire : {"raw", "base64"}) {
    Client client(wire, "upload");
    EQUAL(client.payload(), 0u);
    std::uint64_t before = 0;
    while (!client.protocol.unsent(client.exchange).empty()) {
      client.protocol.sent(client.exchange, 1);
      EQUAL(client.payload() >= before, true);
      before = client.payload();
    }
    EQUAL(before, kRaw.size());
  }
}

TEST("a download is compared, and its payload counted as bytes of the file") {
  Client raw("raw", "download");
  raw.send(1000);
  EQUAL(raw.receive("OK 10\nsome").kind, Kind::partial);
  EQUAL(raw.payload(), 4u);
  EQUAL(raw.receive(" bytes").kind, Kind::whole);
  EQUAL(raw.payload(), kRaw.size());

  Client base64("base64", "download");
  base64.send(1000);
  EQUAL(base64.receive("{\"status\":\"OK\",\"data\":\"c29tZS").kind, Kind::partial);
  EQUAL(base64.payload(), 3u);
  EQUAL(base64.receive("BieXRlcw==\"}\r\n\r\n").kind, Kind::whole);
  EQUAL(base64.payload(), kRaw.size());
}

TEST("a wrong byte is corrupt, an error rejected, and an early end a failure") {
  Client client("raw", "download");
  client.send(1000);
  EQUAL(client.receive("OK 10\nsome bytez").failure, Failure::corrupt);
  EQUAL(Client("raw", "download").receive("ERROR no such file\n").failure, Failure::rejected);
  Client ended("base64", "delete");
  EQUAL(ended.protocol.receive(ended.exchange, {}, true).failure, Failure::closed_early);
}

TEST("an upload confirmed before it is sent is corrupt, and one refused before is rejected") {
  Client client("raw", "upload");
  EQUAL(client.receive("OK 0\n").failure, Failure::corrupt);
  Client refused("base64", "upload");
  EQUAL(refused.receive("{\"status\":\"ERROR\",\"data\":\"no\"}\r\n\r\n").failure,
        Failure::rejected);
}

bool is_refused(const NamedOptions& options) {
  try {
    FilesProtocol(options, 1);
  } catch (const std::invalid_argument&) {
    return true;
  }
  return false;
}

TEST("options that are missing or wrong are refused") {
  const NamedOptions wrong[] = {
      {{"wire", "raw"}},
      {{"wire", "xml"}, {"op", "list"}, {"entries", "1"}},
      {{"wire", "raw"}, {"op", "copy"}},
      {{"wire", "raw"}, {"op", "upload"}, {"bytes", "0"}, {"content", "/dev/null"}},
      {{"wire", "raw"}, {"op", "list"}, {"entries", "1"}, {"bytes", "1"}},
  };
  for (const NamedOptions& options : wrong) EQUAL(is_refused(options), true);
}

}  // namespace
}  // namespace c10k::files_protocol_test
