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

Napi::Float64Array to_array(Napi::Env env, const Totals& totals) {
  return numbers(env, totals, [](std::uint64_t n) { return n; });
}

}  // namespace c10k::addon
