// The client's sockets: connect(2), and the meaning of its errors.
#pragma once

#include <string>

#include "base/unique_fd.h"
#include "load/report.h"
#include "net/address.h"

namespace c10k {

struct Attempt {
  UniqueFd fd;
  Failure failure = Failure::none;
};

/// Starts to connect, from the source address if one is given. connect() chooses the port, so that
/// one port can be used for several destinations (IP_BIND_ADDRESS_NO_PORT). `congestion`: empty:
/// the system's.
Attempt start_connect(const Address& target, const Address* source, const std::string& congestion);

Failure failure_of(int error);
/// The result of a non-blocking connect(): SO_ERROR.
Failure connect_result(int fd);

/// Makes the next close() leave no socket in TIME_WAIT: the peer receives a FIN as usual, then a
/// RST (SO_LINGER in socket(7)).
void end_without_time_wait(int fd);

}  // namespace c10k
