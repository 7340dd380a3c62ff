// Changes of a valid text: bytes flipped, removed, repeated or replaced by what parsers look for.
#pragma once

#include <string>

#include "fuzz/choices.h"

namespace c10k::fuzz {

using std::string_view_literals::operator""sv;

inline constexpr std::string_view kTokens[] = {"\n"sv,
                                               "\r"sv,
                                               "\r\n"sv,
                                               "\r\n\r\n"sv,
                                               "\r\n\r"sv,
                                               " "sv,
                                               "  "sv,
                                               "\0"sv,
                                               "="sv,
                                               "=="sv,
                                               "\""sv,
                                               "\\"sv,
                                               "/"sv,
                                               "."sv,
                                               "\xff"sv,
                                               "LIST"sv,
                                               "GET a"sv,
                                               "DELETE a"sv,
                                               "UPLOAD a "sv,
                                               "UPLOAD a 5\n"sv,
                                               "OK "sv,
                                               "ERROR "sv,
                                               "-1"sv,
                                               "0"sv,
                                               "00"sv,
                                               "],"sv,
                                               "}"sv,
                                               "4611686018427387904"sv,
                                               "18446744073709551616"sv,
                                               "18446744073709551619"sv};

inline void change(std::string& text, Choices& choices) {
  const std::size_t at = choices.below(text.size() + 1);
  const std::size_t length = choices.length(text.size() - at);
  switch (choices.below(7)) {
    case 0:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << choices.below(8)));
      return;
    case 1:
      if (at < text.size()) text[at] = static_cast<char>(choices.next());
      return;
    case 2:
      text.erase(at, length);
      return;
    case 3:
      text.insert(at, choices.of(kTokens));
      return;
    case 4:
      text.replace(at, length, choices.of(kTokens));
      return;
    case 5:
      text.insert(choices.below(text.size() + 1), text.substr(at, length));
      return;
    default:
      text.resize(at);
  }
}

/// Often unchanged. Returns whether it was changed.
inline bool mutate(std::string& text, Choices& choices) {
  if (choices.once_in(3)) return false;
  const std::string before = text;
  for (std::size_t left = choices.between(1, 4); left > 0; --left) change(text, choices);
  return text != before;
}

}  // namespace c10k::fuzz
