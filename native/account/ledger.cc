#include "account/ledger.h"

namespace c10k {

Ledger::Share::Share(Ledger& ledger) : ledger_(ledger) {
  std::lock_guard lock(ledger_.mutex_);
  position_ = ledger_.shares_.size();
  ledger_.shares_.push_back(this);
}

Ledger::Share::~Share() {
  std::lock_guard lock(ledger_.mutex_);
  ledger_.finished_.absorb(counters);
  ledger_.shares_[position_] = ledger_.shares_.back();
  ledger_.shares_[position_]->position_ = position_;
  ledger_.shares_.pop_back();
}

void Ledger::add(const ConnectionRecord& record) {
  std::lock_guard lock(mutex_);
  records_.push_back(record);
}

Totals Ledger::totals() const {
  std::lock_guard lock(mutex_);
  Totals totals{};
  counters.add_to(totals);
  finished_.add_to(totals);
  for (const Share* share : shares_) share->counters.add_to(totals);
  return totals;
}

std::deque<ConnectionRecord> Ledger::take_records() {
  std::deque<ConnectionRecord> taken;
  std::lock_guard lock(mutex_);
  taken.swap(records_);
  return taken;
}

}  // namespace c10k
