// Blocking servers: a thread serves one connection, with recv() and send() that wait.
#pragma once

#include "engine/engine.h"

namespace c10k {

/// A fresh thread for every connection: pthreads(7).
std::unique_ptr<Engine> make_thread_per_connection();
/// The calling thread accepts one connection, serves it to its end, accepts the next.
std::unique_ptr<Engine> make_pool_worker();

}  // namespace c10k
