// The bytes that services send and clients compare: a fixed pseudo-random stream.
#pragma once

#include <cstddef>
#include <cstdint>

namespace c10k {

/// A prime, so that a byte that is lost, repeated or moved by a buffer's size is detected.
inline constexpr std::uint64_t kPatternPeriod = 65521;
inline constexpr std::size_t kPatternView = 64 * 1024;

/// The bytes of the pattern from a position of the stream on: kPatternView contiguous bytes.
const std::byte* pattern_at(std::uint64_t position);

}  // namespace c10k
