// The simplest client of transfers: sends a request and content, reads a reply of known length, and
// repeats it on one connection; no comparison of what it receives.
#include <algorithm>
#include <string_view>
#include <vector>

#include "plain.h"

namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;

void send_all(int fd, std::string_view bytes, int flags) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | flags);
    if (count <= 0) die("send");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void send_content(int fd, std::uint64_t length, const std::vector<char>& buffer) {
  while (length > 0) {
    const std::size_t part = std::min<std::uint64_t>(length, buffer.size());
    send_all(fd, {buffer.data(), part}, 0);
    length -= part;
  }
}

void receive(int fd, std::uint64_t length, std::vector<char>& buffer) {
  while (length > 0) {
    const std::size_t wanted = std::min<std::uint64_t>(length, buffer.size());
    const ssize_t count = ::recv(fd, buffer.data(), wanted, 0);
    if (count <= 0) die("recv");
    length -= static_cast<std::uint64_t>(count);
  }
}

}  // namespace

/// transfer-client PORT SECONDS REQUEST CONTENT_BYTES REPLY_BYTES: at least one transfer.
int main(int argc, char** argv) {
  if (argc != 6) return 2;
  const int fd = connect_to(static_cast<std::uint16_t>(std::atoi(argv[1])));
  const double seconds = std::atof(argv[2]);
  const std::string_view request = argv[3];
  const std::uint64_t content_bytes = std::strtoull(argv[4], nullptr, 10);
  const std::uint64_t reply_bytes = std::strtoull(argv[5], nullptr, 10);
  std::vector<char> buffer(kBufferBytes, 'x');
  const double cpu = cpu_seconds();
  const double start = wall_seconds();
  std::uint64_t transfers = 0;
  double elapsed = 0;
  do {
    send_all(fd, request, content_bytes > 0 ? MSG_MORE : 0);
    send_content(fd, content_bytes, buffer);
    receive(fd, reply_bytes, buffer);
    ++transfers;
    elapsed = wall_seconds() - start;
  } while (elapsed < seconds);
  print_result(transfers, elapsed, cpu_seconds() - cpu);
}
