// The client's sockets: connect(2), and what a failed call means.
#pragma once

#include "base/unique_fd.h"
#include "load/report.h"
#include "net/address.h"

namespace c10k {

struct Attempt {
  UniqueFd fd;
  Failure failure = Failure::none;
};

/// Begins to connect, from the given source address if there is one; its port is chosen by
/// connect(), so that one port serves many destinations (IP_BIND_ADDRESS_NO_PORT).
Attempt start_connect(const Address& target, const Address* source);

Failure failure_of(int error);
/// How a connect() in the background ended: SO_ERROR.
Failure connect_result(int fd);

/// Makes the close() that follows leave nothing in TIME_WAIT: the peer reads the end first, as
/// ever, and then finds the connection reset (SO_LINGER in socket(7)).
void end_without_time_wait(int fd);

}  // namespace c10k
