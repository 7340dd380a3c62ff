// A client that opens, uses and closes connections at a fixed rate, and says how many it finished.
// churn PORT RATE SECONDS: blocking calls on a few threads, from 16 addresses of 127/8.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kThreads = 8;
// Each has its own ports: the kernel gives a closed connection's port again after a second.
constexpr int kSources = 16;
// After the given time: a server that answers no more must not hold it for ever.
constexpr unsigned kPatienceSeconds = 20;
constexpr char kLine[] = "request\n";
constexpr std::size_t kLength = sizeof kLine - 1;

sockaddr_in address(std::uint32_t host, std::uint16_t port) {
  sockaddr_in made{};
  made.sin_family = AF_INET;
  made.sin_port = htons(port);
  made.sin_addr.s_addr = htonl(host);
  return made;
}

bool converse(int fd, const sockaddr_in& source, const sockaddr_in& target) {
  const int on = 1;
  char answer[kLength];
  return ::setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on) == 0 &&
         ::bind(fd, reinterpret_cast<const sockaddr*>(&source), sizeof source) == 0 &&
         ::connect(fd, reinterpret_cast<const sockaddr*>(&target), sizeof target) == 0 &&
         ::send(fd, kLine, kLength, MSG_NOSIGNAL) == static_cast<ssize_t>(kLength) &&
         ::recv(fd, answer, kLength, MSG_WAITALL) == static_cast<ssize_t>(kLength) &&
         std::memcmp(answer, kLine, kLength) == 0;
}

}  // namespace

int main(int, char** argv) {
  const auto port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  const double rate = std::atof(argv[2]);
  const std::uint64_t wanted = static_cast<std::uint64_t>(rate * std::atof(argv[3]));
  const sockaddr_in target = address(INADDR_LOOPBACK, port);
  ::alarm(static_cast<unsigned>(std::atof(argv[3])) + kPatienceSeconds);
  const auto deadline = Clock::now() + std::chrono::duration<double>(std::atof(argv[3]));
  const auto begin = Clock::now();
  std::atomic<std::uint64_t> started{0}, finished{0}, failed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back([&] {
      for (std::uint64_t n; (n = started++) < wanted && Clock::now() < deadline;) {
        std::this_thread::sleep_until(begin + std::chrono::duration<double>(n / rate));
        const auto host = INADDR_LOOPBACK + 1 + static_cast<std::uint32_t>(n % kSources);
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ++(fd >= 0 && converse(fd, address(host, 0), target) ? finished : failed);
        ::close(fd);
      }
    });
  for (auto& thread : threads) thread.join();
  const std::chrono::duration<double> took = Clock::now() - begin;
  std::printf("{\"finished\": %llu, \"failed\": %llu, \"seconds\": %.3f}\n",
              static_cast<unsigned long long>(finished), static_cast<unsigned long long>(failed),
              took.count());
}
