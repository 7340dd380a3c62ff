#include "addon/server_rows.h"

#include "addon/marshal.h"

namespace c10k::addon {

Napi::Object to_columns(Napi::Env env, const Rows& rows) {
  Napi::Object columns = Napi::Object::New(env);
  const auto set = [&](const char* name, auto get) { columns.Set(name, numbers(env, rows, get)); };
  columns.Set("remoteAddress",
              strings(env, rows, [](const Row& row) { return row.record.peer.host(); }));
  columns.Set("closeReason", strings(env, rows, [](const Row& row) {
                const bool open = row.record.closed == 0;
                return open ? "" : kCloseReasonNames[static_cast<std::size_t>(row.record.reason)];
              }));
  set("loop", [](const Row& row) { return row.loop; });
  set("remotePort", [](const Row& row) { return row.record.peer.port(); });
  set("opened", [](const Row& row) { return row.record.opened; });
  set("closed", [](const Row& row) { return row.record.closed; });
  set("requests", [](const Row& row) { return row.record.requests; });
  set("refused", [](const Row& row) { return row.record.refused; });
  set("bytesIn", [](const Row& row) { return row.record.bytes_in; });
  set("bytesOut", [](const Row& row) { return row.record.bytes_out; });
  return columns;
}

Napi::Object to_columns(Napi::Env env, const TakenRows<TransferRecord>& taken) {
  using Of = const TransferRecord&;
  const auto& rows = taken.rows;
  Napi::Object columns = Napi::Object::New(env);
  const auto set = [&](const char* name, auto get) { columns.Set(name, numbers(env, rows, get)); };
  columns.Set("remoteAddress", strings(env, rows, [](Of row) { return row.peer.host(); }));
  columns.Set("operation",
              strings(env, rows, [](Of row) { return std::string(row.operation.get()); }));
  columns.Set("outcome", strings(env, rows, [](Of row) {
                return kTransferOutcomeNames[static_cast<std::size_t>(row.outcome)];
              }));
  set("remotePort", [](Of row) { return row.peer.port(); });
  set("opened", [](Of row) { return row.opened; });
  set("number", [](Of row) { return row.number; });
  set("began", [](Of row) { return row.began; });
  set("ended", [](Of row) { return row.ended; });
  set("bytes", [](Of row) { return row.bytes; });
  columns.Set("unrecorded", static_cast<double>(taken.unrecorded));
  return columns;
}

Napi::Float64Array to_array(Napi::Env env, const Totals& totals) {
  return numbers(env, totals, [](std::uint64_t n) { return n; });
}

}  // namespace c10k::addon
