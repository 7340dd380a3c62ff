#include "addon/sampler_object.h"

#include <sys/eventfd.h>

#include <cmath>

#include "addon/marshal.h"
#include "base/memory_file.h"
#include "measure/sampler.h"

namespace c10k::addon {
namespace {

using Stretches = std::vector<Stretch>;

Nanoseconds instant(const Napi::Value& value) {
  return static_cast<Nanoseconds>(value.As<Napi::Number>().DoubleValue());
}

int integer(const Napi::Object& object, const char* name) {
  return object.Get(name).As<Napi::Number>().Int32Value();
}

std::vector<int> integers(const Napi::Array& array) {
  std::vector<int> values;
  for (std::uint32_t i = 0; i < array.Length(); ++i)
    values.push_back(array.Get(i).As<Napi::Number>().Int32Value());
  return values;
}

CpuSource source_of(const Napi::Value& value) {
  const Napi::Object object = value.As<Napi::Object>();
  return {integers(object.Get("pids").As<Napi::Array>()),
          object.Get("statFile").As<Napi::String>()};
}

SamplerSpec spec_of(const Napi::Object& object) {
  SamplerSpec spec;
  const Napi::Array subjects = object.Get("subjects").As<Napi::Array>();
  for (std::uint32_t i = 0; i < subjects.Length(); ++i) {
    const Napi::Object subject = subjects.Get(i).As<Napi::Object>();
    const Napi::Object board = subject.Get("board").As<Napi::Object>();
    spec.subjects.push_back({.board_fd = integer(board, "memoryFd"),
                             .gate_fd = integer(board, "gateFd"),
                             .threads = static_cast<unsigned>(integer(board, "threads")),
                             .server = source_of(subject.Get("server")),
                             .client = source_of(subject.Get("client"))});
  }
  spec.cpus = integers(object.Get("cpus").As<Napi::Array>());
  spec.seed = static_cast<std::uint64_t>(instant(object.Get("seed")));
  spec.drain_timeout = instant(object.Get("drainTimeoutNs"));
  return spec;
}

double between(std::optional<Nanoseconds> from, std::optional<Nanoseconds> to) {
  return from && to ? static_cast<double>(*to - *from) : NAN;
}

/// One column per field; NaN: unknown.
Napi::Value to_columns(Napi::Env env, const Stretches& stretches) {
  Napi::Object columns = Napi::Object::New(env);
  const auto set = [&](const char* name, auto get) {
    columns.Set(name, numbers(env, stretches, get));
  };
  using Of = const Stretch&;
  set("subject", [](Of one) { return one.subject; });
  set("opened", [](Of one) { return one.opened; });
  set("from", [](Of one) { return one.from.at; });
  set("to", [](Of one) { return one.to.at; });
  set("drained", [](Of one) { return one.drained ? static_cast<double>(one.drained_at) : NAN; });
  set("connections", [](Of one) { return one.connections; });
  set("requests", [](Of one) { return one.to.answered - one.from.answered; });
  set("payload", [](Of one) { return one.to.payload - one.from.payload; });
  set("serverNs", [](Of one) { return between(one.from.server_cpu, one.to.server_cpu); });
  set("clientNs", [](Of one) { return between(one.from.client_cpu, one.to.client_cpu); });
  set("idleNs", [](Of one) { return one.idle_cpu ? static_cast<double>(*one.idle_cpu) : NAN; });
  return columns;
}

class SamplerObject final : public Napi::ObjectWrap<SamplerObject> {
 public:
  static void define(Napi::Env env, Napi::Object exports) {
    exports.Set("Sampler", DefineClass(env, "Sampler",
                                       {
                                           InstanceMethod<&SamplerObject::window>("window"),
                                           InstanceMethod<&SamplerObject::shut>("shut"),
                                           InstanceMethod<&SamplerObject::warm_up>("warmUp"),
                                           InstanceMethod<&SamplerObject::slices>("slices"),
                                           InstanceMethod<&SamplerObject::over>("over"),
                                           InstanceMethod<&SamplerObject::stop>("stop"),
                                       }));
  }

  explicit SamplerObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<SamplerObject>(info) {
    const Napi::Object spec = info[0].As<Napi::Object>();
    sampler_ = guarded(info.Env(), [&] { return std::make_unique<Sampler>(spec_of(spec)); });
  }

 private:
  Napi::Value window(const Napi::CallbackInfo& info) {
    const Nanoseconds start = instant(info[0]);
    const Nanoseconds end = instant(info[1]);
    return background(info, [this, start, end] { return Stretches{sampler_->window(start, end)}; });
  }
  Napi::Value warm_up(const Napi::CallbackInfo& info) {
    const Nanoseconds each = instant(info[0]);
    return background(info, [this, each] { return sampler_->warm_up(each); });
  }
  Napi::Value slices(const Napi::CallbackInfo& info) {
    const Nanoseconds each = instant(info[0]);
    return background(info, [this, each] { return sampler_->slices(each); });
  }
  void shut(const Napi::CallbackInfo&) { sampler_->shut(); }
  void over(const Napi::CallbackInfo&) { sampler_->over(); }
  void stop(const Napi::CallbackInfo&) { sampler_->stop(); }

  Napi::Value background(const Napi::CallbackInfo& info, Background<Stretches>::Work work) {
    return Background<Stretches>::run(
        info.This().As<Napi::Object>(), std::move(work),
        [](Napi::Env env, Stretches& stretches) { return to_columns(env, stretches); });
  }

  std::unique_ptr<Sampler> sampler_;
};

/// createBoard(threads) -> {memoryFd, gateFd, threads}, shared with the client processes.
Napi::Value create_board(const Napi::CallbackInfo& info) {
  return guarded(info.Env(), [&]() -> Napi::Value {
    const unsigned threads = info[0].As<Napi::Number>().Uint32Value();
    UniqueFd memory = memory_file("c10k-board", Board::bytes(threads));
    UniqueFd gate(check(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd"));
    Napi::Object made = Napi::Object::New(info.Env());
    made.Set("memoryFd", memory.release());
    made.Set("gateFd", gate.release());
    made.Set("threads", threads);
    return made;
  });
}

}  // namespace

void define_sampler(Napi::Env env, Napi::Object exports) {
  SamplerObject::define(env, exports);
  exports.Set("createBoard", Napi::Function::New(env, create_board, "createBoard"));
}

}  // namespace c10k::addon
