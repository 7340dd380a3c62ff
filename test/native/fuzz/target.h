// What is fuzzed: functions that take a seed, make an input from it, and throw if a fact does not
// hold.
#pragma once

#include <string_view>

#include "check.h"
#include "fuzz/choices.h"

namespace c10k::fuzz {

struct Target {
  std::string_view name;
  void (*run)(Choices& choices);
};

/// Keeps an input where it can be shown if the program crashes on it.
void note_input(std::string_view input);

}  // namespace c10k::fuzz
