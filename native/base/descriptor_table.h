// A descriptor table for one thread alone: unshare(2) with CLONE_FILES, close_range(2).
#pragma once

#include <span>

namespace c10k {

/// Gives the calling thread a table of its own that holds stdio and the given descriptors,
/// renumbered from 3 on in place. FD_SETSIZE limits a descriptor's number: a table apart restarts
/// the numbers.
void make_table_private(std::span<int> keep);

/// The lowest number that the next descriptor of this thread could get.
int lowest_free_descriptor();

}  // namespace c10k
