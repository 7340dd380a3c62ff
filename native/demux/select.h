// Readiness by select(2): with the fixed fd_set of POSIX, and with sets that grow.
#pragma once

#include "demux/demultiplexer.h"

namespace c10k {

/// Watches only descriptors below FD_SETSIZE (1024).
std::unique_ptr<Demultiplexer> make_select(Counters& counters);
/// Sets on the heap, as large as needed: the system call itself has no FD_SETSIZE limit.
std::unique_ptr<Demultiplexer> make_select_wide(Counters& counters);

}  // namespace c10k
