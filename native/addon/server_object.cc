#include "addon/server_object.h"

#include "addon/marshal.h"
#include "addon/server_rows.h"
#include "addon/service_spec.h"
#include "server/server.h"

namespace c10k::addon {
namespace {

Rows take_rows(Server& server) {
  Rows rows;
  std::size_t loop = 0;
  for (const auto& records : server.take_records()) {
    for (const ConnectionRecord& record : records) rows.push_back({loop, record});
    ++loop;
  }
  return rows;
}

/// 0 if it is absent.
Nanoseconds duration(const Napi::Object& spec, const char* name) {
  const Napi::Value value = spec.Get(name);
  return value.IsNumber() ? value.As<Napi::Number>().Int64Value() : 0;
}

class ServerObject final : public Napi::ObjectWrap<ServerObject> {
 public:
  static void define(Napi::Env env, Napi::Object exports) {
    exports.Set("Server",
                DefineClass(env, "Server",
                            {
                                InstanceMethod<&ServerObject::totals>("totals"),
                                InstanceMethod<&ServerObject::take_rows>("takeRows"),
                                InstanceMethod<&ServerObject::take_transfers>("takeTransfers"),
                                InstanceMethod<&ServerObject::stop>("stop"),
                            }));
  }

  explicit ServerObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<ServerObject>(info) {
    const Napi::Object spec = info[0].As<Napi::Object>();
    ServerSpec wanted;
    wanted.model = spec.Get("model").As<Napi::String>();
    wanted.service = service_spec(spec.Get("service"));
    const Napi::Array listeners = spec.Get("listeners").As<Napi::Array>();
    for (std::uint32_t i = 0; i < listeners.Length(); ++i)
      wanted.listeners.push_back(listeners.Get(i).As<Napi::Number>());
    wanted.loops = spec.Get("loops").As<Napi::Number>();
    wanted.timeouts = {duration(spec, "idleTimeoutNs"), duration(spec, "writeTimeoutNs")};
    wanted.lists_openings = spec.Get("listsOpenings").ToBoolean();
    wanted.lists_transfers = spec.Get("listsTransfers").ToBoolean();
    server_ = guarded(info.Env(), [&] { return std::make_unique<Server>(wanted); });
  }

 private:
  /// One array per loop, in the order of countNames.
  Napi::Value totals(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&]() -> Napi::Value {
      Napi::Array loops = Napi::Array::New(info.Env());
      for (const Totals& totals : server_->totals())
        loops[loops.Length()] = to_array(info.Env(), totals);
      return loops;
    });
  }

  /// A table of the records added since the last call, one array per column.
  Napi::Value take_rows(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&]() -> Napi::Value {
      return to_columns(info.Env(), addon::take_rows(*server_));
    });
  }

  /// The same of the transfers.
  Napi::Value take_transfers(const Napi::CallbackInfo& info) {
    return to_columns(info.Env(), server_->take_transfers());
  }

  /// Resolves to the table of the rows not yet taken.
  Napi::Value stop(const Napi::CallbackInfo& info) {
    return Background<Rows>::run(
        info.This().As<Napi::Object>(),
        [this] {
          server_->stop();
          return addon::take_rows(*server_);
        },
        [](Napi::Env env, Rows& rows) { return to_columns(env, rows); });
  }

  std::unique_ptr<Server> server_;
};

}  // namespace

void define_server(Napi::Env env, Napi::Object exports) {
  ServerObject::define(env, exports);
  exports.Set("mostTransfers", static_cast<double>(kMostTransfers));
  exports.Set("countNames", strings(env, kCountNames, [](const char* name) { return name; }));
}

}  // namespace c10k::addon
