#include "uring/probe.h"

#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include "base/system_error.h"
#include "uring/buffer_ring.h"
#include "uring/operations.h"

namespace c10k {
namespace {

std::string names_of(std::uint32_t flags) {
  constexpr std::pair<std::uint32_t, const char*> kNames[] = {
      {IORING_SETUP_SINGLE_ISSUER, "SINGLE_ISSUER"},
      {IORING_SETUP_DEFER_TASKRUN, "DEFER_TASKRUN"},
      {IORING_SETUP_COOP_TASKRUN, "COOP_TASKRUN"},
  };
  std::string names;
  for (const auto& [flag, name] : kNames)
    if (flags & flag) names += (names.empty() ? "" : " | ") + std::string(name);
  return names.empty() ? "none" : names;
}

/// Receives one byte by multishot receive; throws its error: EINVAL before Linux 6.0.
void receive_a_byte(Ring& ring) {
  BufferRing buffers(ring, 1, 64);
  int ends[2];
  check(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), "socketpair");
  const UniqueFd one(ends[0]);
  const UniqueFd other(ends[1]);
  check(::write(one.get(), "x", 1), "write");
  receive_all(ring.prepare(), other.get(), 0);
  ring.enter(kSecond);
  if (ring.first() == ring.last()) throw SystemError(ETIME, "io_uring_enter");
  const int result = ring.completion(ring.first()).res;
  if (result < 0) throw SystemError(-result, "io_uring_enter");
}

}  // namespace

std::string probe_ring(RingChoices choices) {
  Ring ring({.submissions = 4, .completions = 8}, choices);
  receive_a_byte(ring);
  return names_of(ring.flags());
}

}  // namespace c10k
