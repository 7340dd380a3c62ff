// A server's rows as JavaScript columns.
#pragma once

#include <napi.h>

#include <vector>

#include "account/ledger.h"

namespace c10k::addon {

struct Row {
  std::size_t loop;
  ConnectionRecord record;
};

using Rows = std::vector<Row>;

/// One array per column.
Napi::Object to_columns(Napi::Env env, const Rows& rows);
/// The same, and `unrecorded`: how many others there were.
Napi::Object to_columns(Napi::Env env, const TakenRows<TransferRecord>& taken);

/// The totals of one loop, in the order of countNames.
Napi::Float64Array to_array(Napi::Env env, const Totals& totals);

}  // namespace c10k::addon
