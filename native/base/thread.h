// A thread with a given stack size: pthread_create(3), pthread_attr_setstacksize(3).
#pragma once

#include <pthread.h>

#include <algorithm>
#include <climits>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

#include "base/system_error.h"

namespace c10k {

/// Joins in its destructor. std::thread doesn't let the caller set a stack size.
class Thread {
 public:
  Thread() = default;
  /// Throws SystemError if the system can't create another thread.
  explicit Thread(std::function<void()> body, std::size_t stack_bytes = 0) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    if (stack_bytes > 0)
      pthread_attr_setstacksize(&attributes, std::max<std::size_t>(stack_bytes, PTHREAD_STACK_MIN));
    auto start = std::make_unique<std::function<void()>>(std::move(body));
    const int error = pthread_create(&handle_, &attributes, &Thread::run, start.get());
    pthread_attr_destroy(&attributes);
    if (error != 0) throw SystemError(error, "pthread_create");
    start.release();  // run() owns it now
    joinable_ = true;
  }
  Thread(Thread&& other) noexcept
      : handle_(other.handle_), joinable_(std::exchange(other.joinable_, false)) {}
  Thread& operator=(Thread&& other) noexcept {
    join();
    handle_ = other.handle_;
    joinable_ = std::exchange(other.joinable_, false);
    return *this;
  }
  ~Thread() { join(); }

  void join() {
    if (std::exchange(joinable_, false)) pthread_join(handle_, nullptr);
  }

 private:
  static void* run(void* start) {
    std::unique_ptr<std::function<void()>> body(static_cast<std::function<void()>*>(start));
    (*body)();
    return nullptr;
  }

  pthread_t handle_{};
  bool joinable_ = false;
};

}  // namespace c10k
