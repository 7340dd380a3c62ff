// A client that opens, uses and closes connections at a fixed rate, and prints how many it
// finished. churn PORT RATE SECONDS: blocking calls in batches on a few threads, from 16 addresses
// of 127/8. A reset closes each connection, so that none stays in TIME_WAIT.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kThreads = 3;
// Connections that a thread has open at once: fewer switches between the client and the server than
// one by one.
constexpr std::size_t kBatch = 64;
// Each has its own ports, of which connect() then finds a free one at once.
constexpr int kSources = 16;
// After the given time, so that a server that stops answering does not block it forever.
constexpr unsigned kPatienceSeconds = 20;
constexpr char kLine[] = "request\n";
constexpr std::size_t kLength = sizeof kLine - 1;

class Connection {
 public:
  Connection() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  ~Connection() {
    if (fd_ >= 0) ::close(fd_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool open(const sockaddr_in& source, const sockaddr_in& target) const {
    const linger reset{.l_onoff = 1, .l_linger = 0};
    return option(SOL_SOCKET, SO_LINGER, reset) && option(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1) &&
           option(IPPROTO_TCP, TCP_QUICKACK, 0) &&  // the handshake's last segment carries the line
           ::bind(fd_, reinterpret_cast<const sockaddr*>(&source), sizeof source) == 0 &&
           ::connect(fd_, reinterpret_cast<const sockaddr*>(&target), sizeof target) == 0 &&
           ::send(fd_, kLine, kLength, MSG_NOSIGNAL) == static_cast<ssize_t>(kLength);
  }
  bool answered() const {
    char answer[kLength];
    return ::recv(fd_, answer, kLength, MSG_WAITALL) == static_cast<ssize_t>(kLength) &&
           std::memcmp(answer, kLine, kLength) == 0;
  }

 private:
  template <typename Value>
  bool option(int level, int name, const Value& value) const {
    return ::setsockopt(fd_, level, name, &value, sizeof value) == 0;
  }

  int fd_;
};

sockaddr_in address(std::uint32_t host, std::uint16_t port) {
  sockaddr_in made{};
  made.sin_family = AF_INET;
  made.sin_port = htons(port);
  made.sin_addr.s_addr = htonl(host);
  return made;
}

/// Opens the connections from number `first` on, then waits for each answer. Returns how many had
/// one.
std::size_t converse(std::uint64_t first, const sockaddr_in& target) {
  std::array<Connection, kBatch> connections;
  std::array<bool, kBatch> opened;
  std::size_t finished = 0;
  for (std::size_t i = 0; i < kBatch; ++i) {
    const auto source = static_cast<std::uint32_t>((first + i) % kSources);
    opened[i] = connections[i].open(address(INADDR_LOOPBACK + 1 + source, 0), target);
  }
  for (std::size_t i = 0; i < kBatch; ++i) finished += opened[i] && connections[i].answered();
  return finished;
}

}  // namespace

int main(int, char** argv) {
  const auto port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  const double rate = std::atof(argv[2]);
  const std::chrono::duration<double> time(std::atof(argv[3]));
  const sockaddr_in target = address(INADDR_LOOPBACK, port);
  ::alarm(static_cast<unsigned>(time.count()) + kPatienceSeconds);
  const auto begin = Clock::now();
  std::atomic<std::uint64_t> started{0}, finished{0}, failed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back([&] {
      for (;;) {
        const std::uint64_t first = started.fetch_add(kBatch);
        const std::chrono::duration<double> due(static_cast<double>(first) / rate);
        if (due >= time || Clock::now() >= begin + time) return;
        std::this_thread::sleep_until(begin + due);
        const std::size_t good = converse(first, target);
        finished += good;
        failed += kBatch - good;
      }
    });
  for (auto& thread : threads) thread.join();
  const std::chrono::duration<double> took = Clock::now() - begin;
  std::printf("{\"finished\": %llu, \"failed\": %llu, \"seconds\": %.3f}\n",
              static_cast<unsigned long long>(finished), static_cast<unsigned long long>(failed),
              took.count());
}
