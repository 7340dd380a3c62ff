// Readiness by epoll(7), edge- or level-triggered.
#pragma once

#include "demux/demultiplexer.h"

namespace c10k {

std::unique_ptr<Demultiplexer> make_epoll_edge(Counters& counters);
std::unique_ptr<Demultiplexer> make_epoll_level(Counters& counters);

}  // namespace c10k
