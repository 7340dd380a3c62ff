// Blocking servers: each thread serves one connection at a time, with blocking recv() and send().
#pragma once

#include <optional>

#include "engine/connection.h"
#include "engine/engine.h"

namespace c10k {

/// A new thread for each connection: pthreads(7).
std::unique_ptr<Engine> make_thread_per_connection();
/// The same with a limit above which creating a thread fails as if the system had none left.
std::unique_ptr<Engine> make_thread_per_connection(std::size_t max_threads);
/// The calling thread accepts one connection, serves it until it ends, and accepts the next.
std::unique_ptr<Engine> make_pool_worker();

/// Receives once. The close reason, if the connection must end.
std::optional<CloseReason> receive_blocking(Connection& connection, MutableBytes buffer,
                                            Counters& counters);
/// Sends all of the answer; after the last one, the connection lingers. The close reason, if the
/// connection must end.
std::optional<CloseReason> flush_blocking(Connection& connection, Counters& counters);
/// Serves one connection, whose socket is blocking, until it ends. Returns the close reason.
CloseReason serve_until_end(Connection& connection, MutableBytes buffer, Counters& counters);

}  // namespace c10k
