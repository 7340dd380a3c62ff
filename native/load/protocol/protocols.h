// The registry of protocols: the client threads of a load, by the name of its protocol.
#pragma once

#include <memory>
#include <vector>

#include "load/client_thread.h"

namespace c10k {

using ClientThreads = std::vector<std::unique_ptr<ClientThread>>;

/// Throws std::invalid_argument for an unknown protocol or a wrong option.
ClientThreads make_client_threads(const LoadSpec& spec, Conductor& conductor, const Board& board);

}  // namespace c10k
