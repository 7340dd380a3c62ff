#include "load/protocol/bulk/bulk.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "base/pattern.h"

namespace c10k {
namespace {

constexpr std::uint64_t kMaxTransfer = 1ULL << 40;
constexpr std::string_view kRefusal = "ERROR ";

/// Whether `bytes` are those of `text` from `position` on.
bool continues(std::string_view text, std::uint64_t position, Bytes bytes) {
  return bytes.size() <= text.size() - position &&
         std::memcmp(bytes.data(), text.data() + position, bytes.size()) == 0;
}

}  // namespace

BulkProtocol::BulkProtocol(const NamedOptions& options, std::uint64_t) {
  OptionReader reader("bulk", options);
  op_ = static_cast<Op>(reader.choice("op", {"get", "put"}));
  bytes_ = reader.number("bytes", 1, kMaxTransfer);
  reader.finish();
  upload_ = op_ == Op::put ? bytes_ : 0;
  const std::string line = (op_ == Op::put ? "PUT " : "GET ") + std::to_string(bytes_) + '\n';
  line_bytes_ = line.size();
  const Bytes start = bytes_of(line);
  opening_.assign(start.begin(), start.end());
  const std::byte* payload = pattern_at(0);
  opening_.insert(opening_.end(), payload,
                  payload + std::min(upload_, std::uint64_t{kPatternView}));
  confirmation_ = "OK " + std::to_string(bytes_) + '\n';
}

Bytes BulkProtocol::unsent(const Exchange& exchange) const {
  if (exchange.sent < opening_.size()) return Bytes(opening_).subspan(exchange.sent);
  const std::uint64_t position = exchange.sent - line_bytes_;
  if (position >= upload_) return {};
  return {pattern_at(position), std::min<std::uint64_t>(upload_ - position, kPatternView)};
}

Answer BulkProtocol::receive(Exchange& exchange, Bytes bytes, bool end) const {
  if (end) return Answer::failed(Failure::closed_early);
  // The pattern and the confirmation begin with other bytes.
  if (exchange.received == 0) exchange.is_refused = bytes[0] == std::byte{'E'};
  if (exchange.is_refused) return refusal(exchange, bytes);
  return op_ == Op::get ? download(exchange, bytes) : confirmation(exchange, bytes);
}

Answer BulkProtocol::download(Exchange& exchange, Bytes bytes) const {
  if (!is_all_sent(exchange) || bytes.size() > bytes_ - exchange.received)
    return Answer::failed(Failure::corrupt);
  while (!bytes.empty()) {
    const Bytes some = bytes.first(std::min(bytes.size(), kPatternView));
    if (std::memcmp(some.data(), pattern_at(exchange.received), some.size()) != 0)
      return Answer::failed(Failure::corrupt);
    exchange.received += some.size();
    bytes = bytes.subspan(some.size());
  }
  return {exchange.received == bytes_ ? Answer::Kind::whole : Answer::Kind::partial};
}

Answer BulkProtocol::confirmation(Exchange& exchange, Bytes bytes) const {
  if (!is_all_sent(exchange) || !continues(confirmation_, exchange.received, bytes))
    return Answer::failed(Failure::corrupt);
  exchange.received += bytes.size();
  return {exchange.received == confirmation_.size() ? Answer::Kind::whole : Answer::Kind::partial};
}

Answer BulkProtocol::refusal(Exchange& exchange, Bytes bytes) {
  const std::uint64_t position = std::min<std::uint64_t>(exchange.received, kRefusal.size());
  const Bytes start = bytes.first(std::min(bytes.size(), kRefusal.size() - position));
  if (!continues(kRefusal, position, start)) return Answer::failed(Failure::corrupt);
  exchange.received += bytes.size();
  const bool is_whole = std::ranges::find(bytes, std::byte{'\n'}) != bytes.end();
  return is_whole ? Answer::failed(Failure::rejected) : Answer{};
}

std::uint64_t BulkProtocol::payload(const Exchange& exchange) const {
  if (op_ == Op::get) return exchange.is_refused ? 0 : exchange.received;
  return exchange.sent - std::min<std::uint64_t>(exchange.sent, line_bytes_);
}

}  // namespace c10k
