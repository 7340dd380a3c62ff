#include "addon/forking_object.h"

#include "addon/marshal.h"
#include "addon/server_rows.h"
#include "base/memory_file.h"
#include "forking/signals.h"
#include "forking/transfer_file.h"

namespace c10k::addon {
namespace {

/// The memory that a forking server writes its counters and rows to.
struct ForkingMemory {
  UniqueFd table_fd = memory_file("c10k table", SharedTable::bytes());
  UniqueFd rows_fd = row_file("c10k rows");
  UniqueFd transfers_fd = row_file("c10k transfers");
  SharedTable table{table_fd.get()};
  RowReader<ConnectionRecord> rows{rows_fd.get()};
  TransferReader transfers{transfers_fd.get(), table.head().transfers};
};

class ForkingObject final : public Napi::ObjectWrap<ForkingObject> {
 public:
  static void define(Napi::Env env, Napi::Object exports) {
    exports.Set("Forking",
                DefineClass(env, "Forking",
                            {
                                InstanceAccessor<&ForkingObject::descriptors>("descriptors"),
                                InstanceAccessor<&ForkingObject::ended>("ended"),
                                InstanceMethod<&ForkingObject::totals>("totals"),
                                InstanceMethod<&ForkingObject::take_rows>("takeRows"),
                                InstanceMethod<&ForkingObject::take_transfers>("takeTransfers"),
                            }));
  }

  explicit ForkingObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<ForkingObject>(info) {
    memory_ = guarded(info.Env(), [] { return std::make_unique<ForkingMemory>(); });
  }

 private:
  Napi::Value descriptors(const Napi::CallbackInfo& info) {
    Napi::Array all = Napi::Array::New(info.Env());
    all[0U] = Napi::Number::New(info.Env(), memory_->table_fd.get());
    all[1U] = Napi::Number::New(info.Env(), memory_->rows_fd.get());
    all[2U] = Napi::Number::New(info.Env(), memory_->transfers_fd.get());
    return all;
  }

  /// {voluntarySwitches, involuntarySwitches}
  Napi::Value ended(const Napi::CallbackInfo& info) {
    const SharedTable::Head& head = memory_->table.head();
    Napi::Object switches = Napi::Object::New(info.Env());
    switches.Set("voluntarySwitches", static_cast<double>(head.voluntary_switches.get()));
    switches.Set("involuntarySwitches", static_cast<double>(head.involuntary_switches.get()));
    return switches;
  }

  Napi::Value totals(const Napi::CallbackInfo& info) {
    return to_array(info.Env(), memory_->table.totals());
  }

  Napi::Value take_rows(const Napi::CallbackInfo& info) {
    Rows rows;
    for (const ConnectionRecord& record : memory_->rows.take()) rows.push_back({0, record});
    return to_columns(info.Env(), rows);
  }

  Napi::Value take_transfers(const Napi::CallbackInfo& info) {
    return to_columns(info.Env(), memory_->transfers.take());
  }

  std::unique_ptr<ForkingMemory> memory_;
};

}  // namespace

void define_forking(Napi::Env env, Napi::Object exports) {
  ForkingObject::define(env, exports);
  exports.Set("forkingStopSignal", Napi::Number::New(env, stop_signal()));
}

}  // namespace c10k::addon
