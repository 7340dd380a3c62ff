#include "account/ledger.h"

#include <memory>

#include "check.h"

namespace c10k::ledger_test {
namespace {

std::uint64_t total(const Ledger& ledger, Count kind) {
  return ledger.totals()[static_cast<std::size_t>(kind)];
}

TEST("a new ledger has counted nothing") {
  Ledger ledger;
  for (const std::uint64_t count : ledger.totals()) EQUAL(count, 0U);
  CHECK(ledger.take_records().empty());
}

TEST("an opening is listed only if it was asked for, before the row of its closing") {
  ConnectionRecord record;
  record.opened = 5;
  Ledger quiet;
  quiet.note_opening(record);
  CHECK(quiet.take_records().empty());
  Ledger listing(true);
  listing.note_opening(record);
  record.closed = 9;
  listing.add(record);
  const auto records = listing.take_records();
  EQUAL(records.size(), 2U);
  EQUAL(records[0].closed, 0);
  EQUAL(records[0].opened, 5);
  EQUAL(records[1].closed, 9);
}

TEST("subtract corrects a count made too early") {
  Ledger ledger;
  ledger.counters.add(Count::bytes_out, 10);
  ledger.counters.subtract(Count::bytes_out, 4);
  ledger.counters.add(Count::bytes_in);
  EQUAL(total(ledger, Count::bytes_out), 6U);
  EQUAL(total(ledger, Count::bytes_in), 1U);
}

TEST("the loop's counts and all shares add up, in any order of ending") {
  for (std::size_t first = 0; first < 3; ++first) {
    Ledger ledger;
    ledger.counters.add(Count::requests, 1000);
    std::unique_ptr<Ledger::Share> shares[3];
    for (auto& share : shares) share = std::make_unique<Ledger::Share>(ledger);
    shares[0]->counters.add(Count::requests, 1);
    shares[1]->counters.add(Count::requests, 10);
    shares[2]->counters.add(Count::requests, 100);
    for (std::size_t i = 0; i < 3; ++i) {
      EQUAL(total(ledger, Count::requests), 1111U);
      shares[(first + i) % 3].reset();
    }
    EQUAL(total(ledger, Count::requests), 1111U);
  }
}

TEST("a share that begins after another has ended counts too") {
  Ledger ledger;
  { const Ledger::Share ended(ledger); }
  Ledger::Share share(ledger);
  share.counters.add(Count::events, 5);
  EQUAL(total(ledger, Count::events), 5U);
}

TEST("each row is returned once, in the order of closing") {
  Ledger ledger;
  for (const Nanoseconds closed : {5, 3}) {
    ConnectionRecord record;
    record.closed = closed;
    ledger.add(record);
  }
  const auto taken = ledger.take_records();
  EQUAL(taken.size(), 2U);
  EQUAL(taken[0].closed, 5);
  EQUAL(taken[1].closed, 3);
  CHECK(ledger.take_records().empty());
}

TEST("every count and every reason has a name") {
  for (const char* name : kCountNames) CHECK(name != nullptr && *name != '\0');
  EQUAL(std::size(kCloseReasonNames), static_cast<std::size_t>(CloseReason::killed) + 1);
}

}  // namespace
}  // namespace c10k::ledger_test
