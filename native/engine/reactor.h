// The reactor: one loop, non-blocking sockets, readiness told by a demultiplexer.
#pragma once

#include "demux/demultiplexer.h"
#include "engine/engine.h"

namespace c10k {

/// Private: the loop's descriptors get numbers of their own, for those that can't watch high
/// numbers.
enum class DescriptorTable { shared, of_its_own };

std::unique_ptr<Engine> make_reactor(MakeDemultiplexer make_demultiplexer,
                                     DescriptorTable table = DescriptorTable::shared);

}  // namespace c10k
