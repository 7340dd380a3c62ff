// One message and its echo on a socket: send(2), recv(2), and the comparison byte for byte.
#pragma once

#include <span>

#include "load/slot.h"

namespace c10k {

enum class Echo {
  partial,   // more is to come, and the socket is empty now
  more,      // more is to come, and may be waiting in the socket
  complete,  // the whole message has come back
  failed
};

struct Received {
  Echo echo = Echo::partial;
  Failure failure = Failure::none;
};

/// Sends what the socket takes of the message under way.
Failure send_rest(Slot& slot);
/// Receives once and compares. Anything that wasn't asked for is corrupt.
Received receive_echo(Slot& slot, std::span<char> buffer);

}  // namespace c10k
