// Whether bytes are UTF-8: RFC 3629.
#pragma once

#include <cstdint>
#include <string_view>

namespace c10k {

/// Neither overlong forms nor surrogates, nothing above U+10FFFF.
inline bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<std::uint8_t>(text[i]);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xc2 ? 0
                               : first < 0xe0 ? 2
                               : first < 0xf0 ? 3
                               : first < 0xf5 ? 4
                                              : 0;
    if (length == 0 || length > text.size() - i) return false;
    for (std::size_t j = 1; j < length; ++j)
      if ((static_cast<std::uint8_t>(text[i + j]) & 0xc0) != 0x80) return false;
    // The second byte decides whether a long form is overlong, a surrogate or too large.
    const auto second = length > 1 ? static_cast<std::uint8_t>(text[i + 1]) : std::uint8_t{0};
    if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
        (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f))
      return false;
    i += length;
  }
  return true;
}

}  // namespace c10k
