// The same closed-loop echo client on io_uring, to measure what c10k's client could gain by it.
#include <cstdlib>
#include <string>
#include <vector>

#include "base/system_error.h"
#include "engine/proactor.h"
#include "plain.h"
#include "uring/buffer_ring.h"
#include "uring/operations.h"

namespace {

using namespace c10k;

constexpr unsigned kBuffers = 256;
constexpr std::size_t kReceiveBytes = 16 * 1024;

class Client {
 public:
  Client(std::uint16_t port, int connections, std::string line)
      : line_(std::move(line)), ring_({}, kDeferred), buffers_(ring_, kBuffers, kReceiveBytes) {
    for (int i = 0; i < connections; ++i) {
      sockets_.push_back(UniqueFd(connect_to(port)));
      receive_all(ring_.prepare(), sockets_.back().get(), i);
      send(i);
    }
  }

  /// Answers echoes until then; returns their number.
  std::uint64_t converse(Nanoseconds until) {
    std::uint64_t requests = 0;
    while (now() < until) {
      ring_.enter(kMillisecond);
      const unsigned last = ring_.last();
      for (unsigned i = ring_.first(); i != last; ++i) requests += take(ring_.completion(i));
      ring_.retire(last);
      buffers_.publish();
    }
    return requests;
  }

 private:
  void send(std::uint64_t number) {
    const auto bytes = std::as_bytes(std::span(line_));
    send_now(ring_.prepare(), sockets_[number].get(), bytes, number);
  }

  unsigned take(const io_uring_cqe& completion) {
    const std::uint64_t number = Tag::token(completion.user_data);
    if (Tag::operation(completion.user_data) != Operation::receive || completion.res == 0)
      throw SystemError(EPIPE, "send");
    const bool more = (completion.flags & IORING_CQE_F_MORE) != 0;
    if (completion.res > 0) {
      buffers_.recycle(BufferRing::id_of(completion));
      send(number);
    }
    if (!more) receive_all(ring_.prepare(), sockets_[number].get(), number);
    return completion.res > 0;
  }

  const std::string line_;
  Ring ring_;
  BufferRing buffers_;
  std::vector<UniqueFd> sockets_;
};

}  // namespace

/// uring-client PORT CONNECTIONS WARMUP_SECONDS SECONDS TEXT
int main(int argc, char** argv) {
  if (argc != 6) return 2;
  const auto nanoseconds = [&](int i) {
    return static_cast<Nanoseconds>(std::atof(argv[i]) * static_cast<double>(kSecond));
  };
  Client client(static_cast<std::uint16_t>(std::atoi(argv[1])), std::atoi(argv[2]),
                std::string(argv[5]) + '\n');
  client.converse(now() + nanoseconds(3));
  const double cpu = cpu_seconds();
  const Nanoseconds start = now();
  const std::uint64_t requests = client.converse(start + nanoseconds(4));
  print_result(requests, static_cast<double>(now() - start) / static_cast<double>(kSecond),
               cpu_seconds() - cpu);
}
