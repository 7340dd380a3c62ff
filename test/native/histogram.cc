#include "account/histogram.h"

#include "check.h"

namespace c10k::histogram_test {
namespace {

TEST("an empty histogram has no counts") {
  Histogram histogram;
  const SparseHistogram taken = histogram.take();
  CHECK(taken.index.empty() && taken.count.empty());
  EQUAL(taken.min, 0);
  EQUAL(taken.max, 0);
}

TEST("each value up to 2047 has a separate bucket") {
  EQUAL(Histogram::index_of(0), 0U);
  EQUAL(Histogram::index_of(1), 1U);
  EQUAL(Histogram::index_of(2047), 2047U);
}

TEST("bucket width doubles at each power of two") {
  EQUAL(Histogram::index_of(2048), 2048U);
  EQUAL(Histogram::index_of(2049), 2048U);
  EQUAL(Histogram::index_of(2050), 2049U);
  EQUAL(Histogram::index_of(4095), 3071U);
  EQUAL(Histogram::index_of(4096), 3072U);
  EQUAL(Histogram::index_of(4099), 3072U);
  EQUAL(Histogram::index_of(4100), 3073U);
}

TEST("a larger value never has a lower bucket") {
  std::size_t last = 0;
  for (std::int64_t value = 1; value < Histogram::kHighest; value += 1 + value / 5000) {
    const std::size_t index = Histogram::index_of(value);
    CHECK(index == last || index == last + 1);
    last = index;
  }
}

TEST("values outside the range are counted at its ends") {
  Histogram histogram;
  for (const std::int64_t value : {std::int64_t{-5}, std::int64_t{0}, Histogram::kHighest + 1})
    histogram.record(value);
  const SparseHistogram taken = histogram.take();
  EQUAL(taken.index.size(), 2U);
  EQUAL(taken.index[0], 1U);
  EQUAL(taken.count[0], 2U);
  EQUAL(taken.index[1], Histogram::index_of(Histogram::kHighest));
  EQUAL(taken.min, 1);
  EQUAL(taken.max, Histogram::kHighest);
}

TEST("counts are ordered by bucket, and equal values are summed") {
  Histogram histogram;
  for (const std::int64_t value : {5000, 3, 70'000, 3}) histogram.record(value);
  const SparseHistogram taken = histogram.take();
  EQUAL(taken.index.size(), 3U);
  CHECK(taken.index[0] < taken.index[1] && taken.index[1] < taken.index[2]);
  CHECK(taken.count == std::vector<std::uint64_t>({2, 1, 1}));
}

TEST("a histogram is empty after take()") {
  Histogram histogram;
  histogram.record(7);
  histogram.record(100);
  histogram.take();
  CHECK(histogram.take().index.empty());
  histogram.record(9);
  const SparseHistogram taken = histogram.take();
  EQUAL(taken.index.size(), 1U);
  EQUAL(taken.count[0], 1U);
  EQUAL(taken.min, 9);
  EQUAL(taken.max, 9);
}

}  // namespace
}  // namespace c10k::histogram_test
