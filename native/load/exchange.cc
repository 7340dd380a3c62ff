#include "load/exchange.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "load/socket.h"

namespace c10k {

Failure send_rest(Slot& slot) {
  while (slot.sent < slot.message.size()) {
    const std::string_view rest = slot.message.substr(slot.sent);
    const ssize_t count = ::send(slot.fd.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (count >= 0) {
      slot.sent += static_cast<std::size_t>(count);
      slot.record.bytes_sent += static_cast<std::uint64_t>(count);
    } else if (errno == EAGAIN) {
      break;
    } else if (errno != EINTR) {
      return failure_of(errno);
    }
  }
  return Failure::none;
}

Received receive_echo(Slot& slot, std::span<char> buffer) {
  const ssize_t count = ::recv(slot.fd.get(), buffer.data(), buffer.size(), 0);
  if (count == 0) return {Echo::failed, Failure::closed_early};
  if (count < 0) {
    if (errno == EAGAIN) return {Echo::partial, {}};
    if (errno == EINTR) return {Echo::more, {}};
    return {Echo::failed, failure_of(errno)};
  }
  const auto size = static_cast<std::size_t>(count);
  slot.record.bytes_received += size;
  if (slot.received + size > slot.sent ||
      std::memcmp(buffer.data(), slot.message.data() + slot.received, size) != 0)
    return {Echo::failed, Failure::corrupt};
  slot.received += size;
  if (slot.received == slot.message.size()) return {Echo::complete, {}};
  return {size == buffer.size() ? Echo::more : Echo::partial, {}};
}

}  // namespace c10k
