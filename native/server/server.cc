#include "server/server.h"

#include "base/descriptor_table.h"
#include "server/models.h"

namespace c10k {

Server::Server(const ServerSpec& spec)
    : make_service_(read_service(spec.service)),
      timeouts_(spec.timeouts),
      lists_transfers_(spec.lists_transfers) {
  for (unsigned i = 0; i < spec.loops; ++i) {
    const int listener = spec.listeners.at(i % spec.listeners.size());
    loops_.push_back(std::make_unique<Loop>(listener, spec));
    loops_.back()->engine = make_engine(spec.model, spec.service);
  }
  try {
    for (auto& loop : loops_) loop->thread = Thread([this, &loop = *loop] { run(loop); });
  } catch (...) {
    stop();  // the loops that were started
    throw;
  }
}

void Server::run(Loop& loop) {
  try {
    const DescriptorTable table({loop.listener.fd(), stop_.fd()});
    const auto descriptors = table.descriptors();
    // In this loop's table, because a service may own descriptors.
    const auto service = make_service_();
    if (lists_transfers_) service->record_transfers(loop.ledger.transfers);
    loop.engine->serve(Listener(descriptors[0]), *service, loop.ledger, stop_.token(descriptors[1]),
                       timeouts_);
  } catch (...) {
    loop.failure = std::current_exception();
    loop.failed.store(true, std::memory_order_release);
  }
}

void Server::stop() {
  std::call_once(stopped_, [this] {
    stop_.request();
    for (auto& loop : loops_) loop->engine->interrupt(loop->listener);
    for (auto& loop : loops_) loop->thread.join();
  });
}

std::vector<Totals> Server::totals() const {
  std::vector<Totals> totals;
  for (const auto& loop : loops_) {
    if (loop->failed.load(std::memory_order_acquire)) std::rethrow_exception(loop->failure);
    totals.push_back(loop->ledger.totals());
  }
  return totals;
}

std::vector<std::deque<ConnectionRecord>> Server::take_records() {
  std::vector<std::deque<ConnectionRecord>> records;
  for (const auto& loop : loops_) records.push_back(loop->ledger.take_records());
  return records;
}

TakenRows<TransferRecord> Server::take_transfers() {
  TakenRows<TransferRecord> all;
  for (const auto& loop : loops_) {
    const auto taken = loop->ledger.transfers.take();
    all.rows.insert(all.rows.end(), taken.rows.begin(), taken.rows.end());
    all.unrecorded += taken.unrecorded;
  }
  return all;
}

}  // namespace c10k
