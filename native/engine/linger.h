// The lingering close of RFC 9112, 9.6: closing a socket with unread bytes sends RST, which may
// destroy the last answer before the peer has read it. What the peer still sends is therefore
// discarded until it ends too.
#pragma once

#include "base/clock.h"
#include "service/service.h"

namespace c10k {

/// The most that is discarded. A peer that stops when it reads the answer has sent less, because
/// the default maxima of its send buffer (4 MiB) and of our receive buffer (6 MiB) are less
/// together: tcp(7).
inline constexpr std::uint64_t kLingerBytes = std::uint64_t{16} << 20;

/// The time for the peer to end: as much as three retransmissions in a row take. A thread that
/// serves one connection at a time is busy for as long.
inline constexpr Nanoseconds kLingerTime = 2 * kSecond;

/// Takes the place of a session that has finished.
class LingeringSession final : public Session {
 public:
  Done on_data(Bytes in, Outbox& out) override {
    discarded_ += in.size();
    if (discarded_ > kLingerBytes) out.finish();
    return {};
  }

 private:
  std::uint64_t discarded_ = 0;
};

}  // namespace c10k
