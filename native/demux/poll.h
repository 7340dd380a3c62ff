// Readiness by poll(2).
#pragma once

#include "demux/demultiplexer.h"

namespace c10k {

std::unique_ptr<Demultiplexer> make_poll(Counters& counters);

}  // namespace c10k
