// A table in memory of limited size.
#pragma once

#include <cstdint>
#include <deque>
#include <utility>

namespace c10k {

/// Rows, and how many others there was no room for.
template <typename Row>
struct TakenRows {
  std::deque<Row> rows;
  std::uint64_t unrecorded = 0;
};

template <typename Row>
class BoundedRows {
 public:
  explicit BoundedRows(std::size_t most) : most_(most) {}

  void add(const Row& row) {
    if (taken_.rows.size() < most_)
      taken_.rows.push_back(row);
    else
      ++taken_.unrecorded;
  }
  /// What was added since the last call.
  TakenRows<Row> take() { return std::exchange(taken_, {}); }

 private:
  const std::size_t most_;
  TakenRows<Row> taken_;  // in a deque: growing copies no rows during the measurement
};

}  // namespace c10k
