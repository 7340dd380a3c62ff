// The command line: --target NAME --seed N --iterations N --seconds N.
#pragma once

#include <charconv>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace c10k::fuzz {

struct Settings {
  /// Empty: each of them.
  std::string target = {};
  /// Of the first input; the next one has the next.
  std::uint64_t seed = static_cast<std::uint64_t>(now());
  /// Of each target.
  std::uint64_t iterations = 10'000;
  /// Instead of iterations; 0: none.
  std::uint64_t seconds = 0;
};

inline std::uint64_t number_of(std::string_view option, std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
  if (error != std::errc{} || end != text.end())
    throw std::invalid_argument(std::string(option) + ' ' + std::string(text) +
                                ": not a number; allowed: decimal digits");
  return value;
}

inline Settings read_settings(std::span<char* const> arguments) {
  Settings settings;
  for (; arguments.size() >= 2; arguments = arguments.subspan(2)) {
    const std::string_view option = arguments[0];
    const std::string_view value = arguments[1];
    if (option == "--target")
      settings.target = value;
    else if (option == "--seed")
      settings.seed = number_of(option, value);
    else if (option == "--iterations")
      settings.iterations = number_of(option, value);
    else if (option == "--seconds")
      settings.seconds = number_of(option, value);
    else
      break;
  }
  if (!arguments.empty())
    throw std::invalid_argument(std::string(arguments[0]) +
                                ": unknown, or without a value; allowed: --target, --seed, "
                                "--iterations, --seconds");
  return settings;
}

}  // namespace c10k::fuzz
