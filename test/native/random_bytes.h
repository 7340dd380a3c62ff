// Bytes that a seed determines.
#pragma once

#include <string>

#include "base/random.h"

namespace c10k::test {

inline std::string random_bytes(std::size_t length, std::uint64_t seed) {
  std::string bytes(length, '\0');
  for (std::size_t i = 0; i < length; ++i) bytes[i] = static_cast<char>(mix(mix(seed) + i));
  return bytes;
}

}  // namespace c10k::test
