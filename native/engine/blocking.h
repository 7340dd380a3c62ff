// Blocking servers: a thread serves one connection, with recv() and send() that wait.
#pragma once

#include "engine/engine.h"

namespace c10k {

/// A fresh thread for every connection: pthreads(7).
std::unique_ptr<Engine> make_thread_per_connection();
/// The same with a limit, beyond which creating a thread fails as it does when the system has none.
std::unique_ptr<Engine> make_thread_per_connection(std::size_t most_threads);
/// The calling thread accepts one connection, serves it to its end, accepts the next.
std::unique_ptr<Engine> make_pool_worker();

}  // namespace c10k
