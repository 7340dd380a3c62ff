#include "addon/socket_calls.h"

#include <sched.h>
#include <sys/socket.h>

#include <cerrno>
#include <cmath>

#include "addon/marshal.h"
#include "base/build.h"
#include "base/clock.h"
#include "base/cpu_time.h"
#include "base/descriptor_table.h"
#include "base/pattern_file.h"
#include "base/thread.h"
#include "engine/engine.h"
#include "engine/linger.h"
#include "engine/proactor.h"
#include "engine/timeouts.h"
#include "net/congestion.h"
#include "net/listener.h"
#include "uring/probe.h"

namespace c10k::addon {
namespace {

using Info = Napi::CallbackInfo;

int integer(const Napi::Value& value) {
  return value.As<Napi::Number>().Int32Value();
}

/// listen(host, port, backlog, {reusePort, congestion}) -> {fd, address, port}
Napi::Value listen(const Info& info) {
  return guarded(info.Env(), [&]() -> Napi::Value {
    const Address wanted(info[0].As<Napi::String>(), static_cast<std::uint16_t>(integer(info[1])));
    const Napi::Object asked =
        info[3].IsObject() ? info[3].As<Napi::Object>() : Napi::Object::New(info.Env());
    const ListenerOptions options{.reuse_port = asked.Get("reusePort").ToBoolean(),
                                  .congestion = text(asked, "congestion")};
    UniqueFd fd = listen_on(wanted, integer(info[2]), options);
    const Address bound = Address::local_of(fd.get());
    Napi::Object made = Napi::Object::New(info.Env());
    made.Set("address", bound.host());
    made.Set("port", bound.port());
    made.Set("fd", fd.release());
    return made;
  });
}

void close(const Info& info) {
  UniqueFd(integer(info[0]));
}

/// accept(listener) -> Promise of {fd, address, port}, or of null once the listener is shut down.
Napi::Value accept(const Info& info) {
  const Listener listener(integer(info[0]));
  return Background<Accepted>::run(
      Napi::Object::New(info.Env()),
      [listener] {
        Accepted accepted;
        do {
          accepted = listener.accept(true);
        } while (Listener::is_transient(accepted.error));
        if (!accepted.fd && accepted.error != EINVAL) throw SystemError(accepted.error, "accept4");
        return accepted;
      },
      [](Napi::Env env, Accepted& accepted) -> Napi::Value {
        if (!accepted.fd) return env.Null();
        Napi::Object made = Napi::Object::New(env);
        made.Set("address", accepted.peer.host());
        made.Set("port", accepted.peer.port());
        made.Set("fd", accepted.fd.release());
        return made;
      });
}

void set_blocking(const Info& info) {
  guarded(info.Env(), [&] { Listener(integer(info[0])).set_blocking(true); });
}

/// limitWaits(fd, idleNs, writeNs): time limits after which recv() and send() fail; 0: none.
void limit_waits(const Info& info) {
  const auto duration = [&](int i) { return info[i].As<Napi::Number>().Int64Value(); };
  c10k::limit_waits(integer(info[0]), {.idle = duration(1), .write = duration(2)});
}

/// isShortage(errno): whether accept() failed because descriptors or memory ran out.
Napi::Value is_shortage(const Info& info) {
  return Napi::Boolean::New(info.Env(), Listener::is_shortage(integer(info[0])));
}

void shutdown(const Info& info) {
  ::shutdown(integer(info[0]), SHUT_RDWR);
}

Napi::Value monotonic(const Info& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(c10k::now()));
}

/// cpuTime(pids, stat file or '') -> {at, ns}: CPU time used up to `at`; ns is NaN if unknown.
Napi::Value cpu_time(const Info& info) {
  constexpr Nanoseconds kAtOnce = 100'000;
  constexpr Nanoseconds kPerProcess = 2000;
  constexpr int kTries = 10;
  return guarded(info.Env(), [&]() -> Napi::Value {
    const Napi::Array pids = info[0].As<Napi::Array>();
    CpuSource source{{}, info[1].As<Napi::String>()};
    for (std::uint32_t i = 0; i < pids.Length(); ++i) source.pids.push_back(integer(pids[i]));
    const Nanoseconds longest = kAtOnce + kPerProcess * pids.Length();
    const CpuReader reader(std::move(source));
    std::optional<Nanoseconds> used;
    Nanoseconds at = 0;
    // If this thread was descheduled during a reading, the time of the reading is unknown: retry.
    for (int i = 0; i < kTries; ++i) {
      const Nanoseconds before = c10k::now();
      used = reader.read();
      at = c10k::now();
      if (at - before < longest) break;
    }
    Napi::Object made = Napi::Object::New(info.Env());
    made.Set("at", static_cast<double>(at));
    made.Set("ns", used ? static_cast<double>(*used) : NAN);
    return made;
  });
}

/// setAffinity(cpus): for the calling thread and the processes it starts.
void set_affinity(const Info& info) {
  const Napi::Array cpus = info[0].As<Napi::Array>();
  cpu_set_t set;
  CPU_ZERO(&set);
  for (std::uint32_t i = 0; i < cpus.Length(); ++i) CPU_SET(integer(cpus[i]), &set);
  guarded(info.Env(),
          [&] { check(::sched_setaffinity(0, sizeof set, &set), "sched_setaffinity"); });
}

/// patternFile() -> a descriptor, which the caller must close.
Napi::Value pattern_file(const Info& info) {
  return guarded(info.Env(), [&]() -> Napi::Value {
    return Napi::Number::New(info.Env(), PatternFile().release());
  });
}

/// maySetCongestion(name): whether this process may set it for its sockets.
Napi::Value may_set_congestion(const Info& info) {
  return guarded(info.Env(), [&]() -> Napi::Value {
    const UniqueFd fd(check(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    const std::string name = info[0].As<Napi::String>();
    return Napi::Boolean::New(info.Env(), set_congestion(fd.get(), name) == 0);
  });
}

/// Whether a thread may unshare its descriptor table; seccomp can forbid it.
Napi::Value can_unshare_descriptors(const Info& info) {
  bool can = false;
  guarded(info.Env(), [&] { Thread([&] { can = DescriptorTable({}).is_private(); }).join(); });
  return Napi::Boolean::New(info.Env(), can);
}

/// Returns the names of the set-up flags that the kernel accepts; throws if io_uring can't be used.
Napi::Value probe_uring(const Info& info) {
  return guarded(info.Env(), [&]() -> Napi::Value {
    return Napi::String::New(info.Env(), probe_ring(kDeferred));
  });
}

}  // namespace

void define_socket_calls(Napi::Env env, Napi::Object exports) {
  const auto define = [&](const char* name, auto function) {
    exports.Set(name, Napi::Function::New(env, function, name));
  };
  define("listen", listen);
  define("close", close);
  define("accept", accept);
  define("isShortage", is_shortage);
  define("setBlocking", set_blocking);
  define("limitWaits", limit_waits);
  define("shutdown", shutdown);
  define("now", monotonic);
  define("cpuTime", cpu_time);
  define("setAffinity", set_affinity);
  define("patternFile", pattern_file);
  define("maySetCongestion", may_set_congestion);
  define("canUnshareDescriptors", can_unshare_descriptors);
  define("probeUring", probe_uring);
  exports.Set("build", kBuild);
  exports.Set("shortagePauseNs", static_cast<double>(kShortagePause));
  exports.Set("patternPeriod", static_cast<double>(kPatternPeriod));
  exports.Set("patternView", static_cast<double>(kPatternView));
  exports.Set("lingerNs", static_cast<double>(kLingerTime));
  exports.Set("lingerBytes", static_cast<double>(kLingerBytes));
}

}  // namespace c10k::addon
