// Conversions from C++ to JavaScript: errors, columns, promises.
#pragma once

#include <napi.h>

#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "base/options.h"
#include "base/system_error.h"

namespace c10k::addon {

/// An Error with `code` and `syscall`, as in Node.js.
inline Napi::Error to_js(Napi::Env env, const std::exception& error) {
  Napi::Error made = Napi::Error::New(env, error.what());
  if (const auto* system = dynamic_cast<const SystemError*>(&error)) {
#ifdef __GLIBC__
    made.Set("code", Napi::String::New(env, ::strerrorname_np(system->code().value())));
#endif
    made.Set("errno", Napi::Number::New(env, system->code().value()));
    made.Set("syscall", Napi::String::New(env, system->syscall()));
  }
  return made;
}

/// Runs C++ code and rethrows its exceptions as JavaScript errors.
template <typename Body>
auto guarded(Napi::Env env, Body body) {
  try {
    return body();
  } catch (const Napi::Error&) {
    throw;
  } catch (const std::exception& error) {
    throw to_js(env, error);
  }
}

/// An optional text; empty if it is null or missing.
inline std::string text(const Napi::Object& object, const char* name) {
  const Napi::Value value = object.Get(name);
  return value.IsString() ? value.As<Napi::String>().Utf8Value() : std::string();
}

/// The texts of an object, by name.
inline NamedOptions texts(const Napi::Object& object) {
  NamedOptions made;
  const Napi::Array names = object.GetPropertyNames();
  for (std::uint32_t i = 0; i < names.Length(); ++i) {
    const std::string name = Napi::Value(names[i]).As<Napi::String>();
    made[name] = object.Get(name).As<Napi::String>();
  }
  return made;
}

/// A column of a table: one element per row.
template <typename Element, typename Rows, typename Get>
Napi::TypedArrayOf<Element> column(Napi::Env env, const Rows& rows, Get get) {
  auto array = Napi::TypedArrayOf<Element>::New(env, rows.size());
  std::size_t i = 0;
  for (const auto& row : rows) array[i++] = static_cast<Element>(get(row));
  return array;
}

template <typename Rows, typename Get>
Napi::Float64Array numbers(Napi::Env env, const Rows& rows, Get get) {
  return column<double>(env, rows, get);
}

template <typename Rows, typename Get>
Napi::Array strings(Napi::Env env, const Rows& rows, Get get) {
  Napi::Array array = Napi::Array::New(env, std::size(rows));
  std::uint32_t i = 0;
  for (const auto& row : rows) array[i++] = Napi::String::New(env, get(row));
  return array;
}

/// Runs `work` on libuv's thread pool, then resolves a promise with its value converted by
/// `result`.
template <typename Value>
class Background final : public Napi::AsyncWorker {
 public:
  using Work = std::function<Value()>;
  using Result = std::function<Napi::Value(Napi::Env, Value&)>;

  /// `keep_alive` is not garbage-collected before the work is done.
  static Napi::Promise run(Napi::Object keep_alive, Work work, Result result) {
    auto* background = new Background(keep_alive, std::move(work), std::move(result));
    background->Queue();  // deletes itself, as Napi::AsyncWorker does
    return background->deferred_.Promise();
  }

 private:
  Background(Napi::Object keep_alive, Work work, Result result)
      : Napi::AsyncWorker(keep_alive.Env()),
        deferred_(Napi::Promise::Deferred::New(keep_alive.Env())),
        kept_(Napi::Persistent(keep_alive)),
        work_(std::move(work)),
        result_(std::move(result)) {}

  void Execute() override {
    try {
      value_ = work_();
    } catch (...) {
      failure_ = std::current_exception();
    }
  }
  void OnOK() override {
    try {
      if (failure_) std::rethrow_exception(failure_);
      deferred_.Resolve(result_(Env(), value_));
    } catch (const Napi::Error& error) {
      deferred_.Reject(error.Value());
    } catch (const std::exception& error) {
      deferred_.Reject(to_js(Env(), error).Value());
    }
  }

  Napi::Promise::Deferred deferred_;
  Napi::ObjectReference kept_;
  Work work_;
  Result result_;
  Value value_{};
  std::exception_ptr failure_;
};

/// The value type of work without a result.
struct Nothing {};

}  // namespace c10k::addon
