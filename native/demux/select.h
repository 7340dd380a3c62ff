// Readiness by select(2): as POSIX has it, below FD_SETSIZE, and with sets that grow.
#pragma once

#include "demux/demultiplexer.h"

namespace c10k {

/// Watches descriptors numbered below FD_SETSIZE (1024), and no other.
std::unique_ptr<Demultiplexer> make_select(Counters& counters);
/// Sets on the heap, as wide as need be: the system call itself knows no FD_SETSIZE.
std::unique_ptr<Demultiplexer> make_select_wide(Counters& counters);

}  // namespace c10k
