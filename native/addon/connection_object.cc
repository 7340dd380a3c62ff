#include "addon/connection_object.h"

#include <sys/socket.h>

#include <memory>
#include <mutex>
#include <stdexcept>
#include <unordered_map>

#include "addon/marshal.h"
#include "addon/server_rows.h"
#include "addon/service_spec.h"
#include "engine/blocking.h"

namespace c10k::addon {
namespace {

/// A service, and the transfers of its connections.
struct RecordedService {
  RecordedService(const ServiceSpec& spec, bool lists_transfers)
      : transfers(kMostTransfers), service(read_service(spec)()) {
    if (lists_transfers) service->record_transfers(transfers);
  }
  TransferTable transfers;
  std::unique_ptr<Service> service;
};

/// The services of this process. A Worker has its own JavaScript objects, so it finds the service
/// of its server by number.
class SharedServices {
 public:
  std::uint32_t add(std::shared_ptr<RecordedService> service) {
    std::lock_guard lock(mutex_);
    services_[++last_] = std::move(service);
    return last_;
  }
  void remove(std::uint32_t id) {
    std::lock_guard lock(mutex_);
    services_.erase(id);
  }
  std::shared_ptr<RecordedService> find(std::uint32_t id) {
    std::lock_guard lock(mutex_);
    return services_.at(id);
  }

 private:
  std::mutex mutex_;
  std::uint32_t last_ = 0;
  std::unordered_map<std::uint32_t, std::shared_ptr<RecordedService>> services_;
};

SharedServices& services() {
  static SharedServices shared;
  return shared;
}

class ServiceObject final : public Napi::ObjectWrap<ServiceObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "Service",
                       {InstanceAccessor<&ServiceObject::id>("id"),
                        InstanceMethod<&ServiceObject::take_transfers>("takeTransfers"),
                        InstanceMethod<&ServiceObject::close>("close")});
  }

  explicit ServiceObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<ServiceObject>(info) {
    const bool lists_transfers = info[1].ToBoolean();
    guarded(info.Env(), [&] {
      service_ = std::make_shared<RecordedService>(service_spec(info[0]), lists_transfers);
      id_ = services().add(service_);
    });
  }
  ~ServiceObject() override { services().remove(id_); }

 private:
  Napi::Value id(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), id_); }
  Napi::Value take_transfers(const Napi::CallbackInfo& info) {
    return to_columns(info.Env(), service_->transfers.take());
  }
  /// Connections that use it keep it until they end.
  void close(const Napi::CallbackInfo&) { services().remove(id_); }

  std::shared_ptr<RecordedService> service_;
  std::uint32_t id_ = 0;
};

/// checkService(spec): throws if the service is unknown or one of its options wrong.
void check_service(const Napi::CallbackInfo& info) {
  guarded(info.Env(), [&] { read_service(service_spec(info[0])); });
}

/// serviceLimits(name) -> the limits by their names.
Napi::Value limits_of(const Napi::CallbackInfo& info) {
  Napi::Object limits = Napi::Object::New(info.Env());
  for (const auto& [name, value] : service_limits(info[0].As<Napi::String>()))
    limits.Set(name, static_cast<double>(value));
  return limits;
}

/// Doesn't own its socket. Its counters are in memory that the server's main thread reads.
class ConnectionObject final : public Napi::ObjectWrap<ConnectionObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "Connection",
                       {InstanceMethod<&ConnectionObject::receive>("receive"),
                        InstanceMethod<&ConnectionObject::flush>("flush"),
                        InstanceMethod<&ConnectionObject::shutdown>("shutdown")});
  }

  explicit ConnectionObject(const Napi::CallbackInfo& info)
      : Napi::ObjectWrap<ConnectionObject>(info) {
    const Napi::Object task = info[0].As<Napi::Object>();
    const auto number = [&](const char* name) {
      return task.Get(name).As<Napi::Number>().Uint32Value();
    };
    const auto memory = task.Get("counters").As<Napi::TypedArray>();
    guarded(info.Env(), [&] {
      if (memory.ByteLength() != sizeof(Counters)) throw std::invalid_argument("counters");
      kept_ = Napi::Persistent(memory.As<Napi::Object>());
      counters_ = std::construct_at(
          static_cast<Counters*>(static_cast<void*>(memory.As<Napi::BigUint64Array>().Data())));
      service_ = services().find(number("service"));
      buffer_ = std::make_unique_for_overwrite<std::byte[]>(receive_bytes());
      const std::string address = task.Get("address").As<Napi::String>();
      const Address peer(address, static_cast<std::uint16_t>(number("port")));
      const auto opened = task.Get("opened").As<Napi::Number>().Int64Value();
      connection_.open({UniqueFd(static_cast<int>(number("fd"))), peer}, *service_->service,
                       *counters_, opened);
    });
  }
  ~ConnectionObject() override { connection_.fd.release(); }

 private:
  /// Blocks. The index of a close reason, or null if the connection goes on.
  Napi::Value receive(const Napi::CallbackInfo& info) {
    const MutableBytes buffer(buffer_.get(), receive_bytes());
    return result(info.Env(), receive_blocking(connection_, buffer, *counters_));
  }
  Napi::Value flush(const Napi::CallbackInfo& info) {
    return result(info.Env(), flush_blocking(connection_, *counters_));
  }
  void shutdown(const Napi::CallbackInfo&) {
    counters_->add(Count::call_shutdown);
    ::shutdown(connection_.fd.get(), SHUT_RDWR);
  }

  std::size_t receive_bytes() const { return service_->service->receive_bytes(); }

  Napi::Value result(Napi::Env env, std::optional<CloseReason> reason) {
    if (!reason) return env.Null();
    connection_.end_session();
    return Napi::Number::New(env, static_cast<double>(*reason));
  }

  Napi::ObjectReference kept_;
  Counters* counters_ = nullptr;
  std::shared_ptr<RecordedService> service_;
  std::unique_ptr<std::byte[]> buffer_;
  Connection connection_;
};

}  // namespace

void define_connection(Napi::Env env, Napi::Object exports) {
  exports.Set("Service", ServiceObject::define(env));
  exports.Set("Connection", ConnectionObject::define(env));
  exports.Set("serviceLimits", Napi::Function::New(env, limits_of, "serviceLimits"));
  exports.Set("checkService", Napi::Function::New(env, check_service, "checkService"));
  exports.Set("closeReasons",
              strings(env, kCloseReasonNames, [](const char* name) { return name; }));
}

}  // namespace c10k::addon
