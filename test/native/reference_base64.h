// Base64 as RFC 4648 describes it, one bit at a time. It shares no code with base/base64.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace c10k::test {

inline char base64_character(unsigned value) {
  if (value < 26) return static_cast<char>('A' + value);
  if (value < 52) return static_cast<char>('a' + (value - 26));
  if (value < 62) return static_cast<char>('0' + (value - 52));
  return value == 62 ? '+' : '/';
}

/// 0 for a character outside the alphabet.
inline unsigned base64_value(char character) {
  for (unsigned value = 0; value < 64; ++value)
    if (base64_character(value) == character) return value;
  return 0;
}

inline std::string reference_encoding(std::string_view bytes) {
  std::string text;
  unsigned value = 0;
  unsigned bits = 0;
  const auto add = [&](unsigned bit) {
    value = value << 1 | bit;
    if (++bits < 6) return;
    text += base64_character(value);
    value = bits = 0;
  };
  for (const char byte : bytes)
    for (int bit = 7; bit >= 0; --bit) add(static_cast<unsigned char>(byte) >> bit & 1);
  while (bits != 0) add(0);
  while (text.size() % 4 != 0) text += '=';
  return text;
}

/// What a decoder gives for a whole text.
struct Decoding {
  std::string bytes;
  bool failed = false;
  bool is_complete = true;
  bool operator==(const Decoding&) const = default;
};

/// A group of four characters is correct if some bytes have exactly this encoding.
inline Decoding reference_decoding(std::string_view text) {
  Decoding result;
  bool has_ended = false;
  for (; !text.empty() && !result.failed;
       text.remove_prefix(std::min<std::size_t>(4, text.size()))) {
    const std::string_view group = text.substr(0, 4);
    result.failed = has_ended;
    result.is_complete = false;
    if (has_ended || group.size() < 4) continue;
    std::uint32_t bits = 0;
    for (const char each : group) bits = bits << 6 | base64_value(each);
    std::string bytes;
    for (int shift = 16; shift >= 0; shift -= 8) bytes += static_cast<char>(bits >> shift);
    bytes.resize(group[3] != '=' ? 3 : group[2] != '=' ? 2 : 1);
    has_ended = bytes.size() < 3;
    result.failed = reference_encoding(bytes) != group;
    result.is_complete = !result.failed;
    if (!result.failed) result.bytes += bytes;
  }
  return result;
}

}  // namespace c10k::test
