// The reactor: one loop, non-blocking sockets, readiness from a demultiplexer.
#pragma once

#include "demux/demultiplexer.h"
#include "engine/engine.h"

namespace c10k {

std::unique_ptr<Engine> make_reactor(MakeDemultiplexer make_demultiplexer);

}  // namespace c10k
