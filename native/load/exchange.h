// One message and its echo on a socket: send(2), recv(2) and a byte-by-byte comparison.
#pragma once

#include <span>

#include "load/slot.h"

namespace c10k {

enum class Echo {
  partial,   // more is expected; the socket is empty now
  more,      // more is expected and may already be in the socket
  complete,  // the whole message was received
  failed
};

struct Received {
  Echo echo = Echo::partial;
  Failure failure = Failure::none;
};

/// Sends as much of the current message as the socket takes.
Failure send_rest(Slot& slot);
/// Receives once and compares. Unexpected bytes count as corrupt.
Received receive_echo(Slot& slot, std::span<char> buffer);

}  // namespace c10k
