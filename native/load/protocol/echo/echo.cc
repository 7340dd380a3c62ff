#include "load/protocol/echo/echo.h"

namespace c10k {
namespace {

/// The bytes of one message.
constexpr std::uint64_t kMaxMessage = 1 << 30;

Messages make_messages(const NamedOptions& options, std::uint64_t seed) {
  OptionReader reader("echo", options);
  if (reader.has("text")) {
    const std::string& text = reader.text("text");
    reader.finish();
    return Messages(text);
  }
  const std::uint64_t low = reader.number("low", 0, kMaxMessage);
  const std::uint64_t high = reader.number("high", low, kMaxMessage);
  reader.finish();
  return Messages(low, high, seed);
}

}  // namespace

EchoProtocol::EchoProtocol(const NamedOptions& options, std::uint64_t seed)
    : messages_(make_messages(options, seed)) {}

}  // namespace c10k
