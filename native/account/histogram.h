// A latency recorder with the bucket geometry of HdrHistogram (1 ns to one hour, 3 significant
// digits).
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/clock.h"

namespace c10k {

/// The non-zero counts, by ascending index: the form in which a histogram is passed to JavaScript.
struct SparseHistogram {
  std::vector<std::uint32_t> index;
  std::vector<std::uint64_t> count;
  std::int64_t min = 0;
  std::int64_t max = 0;
};

class Histogram {
 public:
  static constexpr std::int64_t kHighest = 3600 * kSecond;
  static constexpr std::size_t kSize = 33'792;

  /// The bucket of a value: 2048 linear buckets, then 1024 for each further power of two.
  static constexpr std::size_t index_of(std::int64_t value) {
    const int bucket = 53 - std::countl_zero(static_cast<std::uint64_t>(value) | 2047);
    return (static_cast<std::size_t>(bucket) << 10) + static_cast<std::size_t>(value >> bucket);
  }

  void record(std::int64_t value) {
    value = std::clamp<std::int64_t>(value, 1, kHighest);
    ++counts_[index_of(value)];
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
  }

  /// Returns the values recorded since the last call and resets the histogram.
  SparseHistogram take() {
    SparseHistogram taken;
    for (std::size_t i = 0; i < kSize; ++i) {
      if (counts_[i] == 0) continue;
      taken.index.push_back(static_cast<std::uint32_t>(i));
      taken.count.push_back(counts_[i]);
      counts_[i] = 0;
    }
    if (!taken.index.empty()) {
      taken.min = min_;
      taken.max = max_;
    }
    min_ = kHighest;
    max_ = 0;
    return taken;
  }

 private:
  std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(kSize);
  std::int64_t min_ = kHighest;
  std::int64_t max_ = 0;
};

static_assert(Histogram::index_of(Histogram::kHighest) < Histogram::kSize);

}  // namespace c10k
