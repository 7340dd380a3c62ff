// A listing that a server sends in any order, checked as it arrives.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/random.h"

namespace c10k {

/// The names received so far: their number and the sum of their hashes, which does not depend on
/// their order. FNV-1a, mixed: without that, names that differ in their last characters alone have
/// sums that other such names have too.
class Listing {
 public:
  void add(char character) { hash_ = (hash_ ^ static_cast<unsigned char>(character)) * kPrime; }
  void end_name() {
    sum_ += mix(hash_);
    hash_ = kStart;
    ++names_;
  }
  bool operator==(const Listing&) const = default;

  /// The files that a storage holds before its listing is measured.
  static Listing of_entries(std::uint64_t count);

 private:
  static constexpr std::uint64_t kStart = 14695981039346656037u;
  static constexpr std::uint64_t kPrime = 1099511628211u;

  std::uint64_t names_ = 0;
  std::uint64_t sum_ = 0;
  std::uint64_t hash_ = kStart;
};

}  // namespace c10k
