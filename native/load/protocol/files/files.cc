#include "load/protocol/files/files.h"

#include <algorithm>

namespace c10k {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 40;
constexpr std::uint64_t kMostEntries = 1'000'000;

constexpr const char* kOperations[] = {"list", "upload", "download", "delete"};

}  // namespace

FilesProtocol::FilesProtocol(const NamedOptions& options, std::uint64_t) {
  OptionReader reader("files", options);
  is_raw_ = reader.choice("wire", {"base64", "raw"}) == 1;
  op_ = static_cast<Op>(reader.choice("op", {std::begin(kOperations), std::end(kOperations)}));
  if (op_ == Op::upload || op_ == Op::download) {
    bytes_ = reader.number("bytes", 1, kMostBytes);
    file_ = MappedFile(reader.text("content"));
  }
  if (op_ == Op::download) {
    expected_.body = ExpectedReply::Body::content;
    expected_.content = content();
  }
  if (op_ == Op::list) {
    expected_.body = ExpectedReply::Body::listing;
    if (reader.has("entries"))
      expected_.listing = Listing::of_entries(reader.number("entries", 0, kMostEntries));
  }
  reader.finish();
}

std::string FilesProtocol::command_of(const RequestId& request) const {
  const std::string name = std::to_string(request.client) + '-' + std::to_string(request.nth);
  switch (op_) {
    case Op::list:
      return "LIST";
    case Op::download:
      return "GET download";
    case Op::remove:
      return "DELETE " + name;
    case Op::upload:
      return "UPLOAD " + name + ' ' + (is_raw_ ? std::to_string(bytes_) : "");
  }
  return {};
}

void FilesProtocol::begin(Exchange& exchange, const RequestId& request) const {
  std::string command = command_of(request);
  if (is_raw_) command += '\n';
  exchange.command_bytes = static_cast<std::uint8_t>(command.size());
  std::ranges::copy(command, exchange.command.begin());
  exchange.sent = 0;
  exchange.reply = {};
}

Bytes FilesProtocol::unsent(const Exchange& exchange) const {
  std::uint64_t position = exchange.sent;
  if (position < exchange.command_bytes)
    return std::as_bytes(
        std::span(exchange.command).subspan(position, exchange.command_bytes - position));
  position -= exchange.command_bytes;
  if (position < content_bytes()) return content().subspan(position);
  return bytes_of(kEmptyLine).first(end_bytes()).subspan(position - content_bytes());
}

Answer FilesProtocol::receive(Exchange& exchange, Bytes bytes, bool end) const {
  if (end) return Answer::failed(Failure::closed_early);
  const auto read = is_raw_ ? read_raw_reply : read_json_reply;
  switch (read(exchange.reply, bytes, expected_)) {
    case FileReply::Result::partial:
      return {};
    case FileReply::Result::refused:
      return Answer::failed(Failure::rejected);
    case FileReply::Result::whole:
      if (unsent(exchange).empty()) return {Answer::Kind::whole};
      break;
    case FileReply::Result::wrong:
      break;
  }
  return Answer::failed(Failure::corrupt);
}

std::uint64_t FilesProtocol::decoded(std::uint64_t content) const {
  return is_raw_ ? content : std::min(content / 4 * 3, bytes_);
}

std::uint64_t FilesProtocol::payload(const Exchange& exchange) const {
  const std::uint64_t command = exchange.command_bytes;
  switch (op_) {
    case Op::upload:
      return decoded(std::min(exchange.sent - std::min(exchange.sent, command), content_bytes()));
    case Op::download:
      return decoded(exchange.reply.position);
    case Op::list:
      return exchange.reply.position;
    case Op::remove:
      return 0;
  }
  return 0;
}

OperationName FilesProtocol::operation(const Exchange&) const {
  return kOperations[static_cast<std::size_t>(op_)];
}

}  // namespace c10k
