// The simplest receiver of uploads: receiving-loop PORT FILE LENGTH BUFFER_BYTES. recv(2) and
// write(2) in turn, one connection at a time. Each LENGTH bytes replace the file when they are
// whole, and are confirmed, as by the file service; there are no commands. The old file stays until
// then, as the service's does: a loop that truncates it needs less time for a small file.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "plain.h"

namespace {

constexpr std::string_view kDone = "OK 0\n";

/// False if the peer has ended.
bool receive_file(int peer, const std::string& path, std::uint64_t length,
                  std::vector<char>& buffer) {
  const std::string unfinished = path + ".part";
  int file = -1;
  while (length > 0) {
    const std::size_t wanted = std::min<std::uint64_t>(length, buffer.size());
    const ssize_t count = ::recv(peer, buffer.data(), wanted, 0);
    if (count <= 0) break;
    if (file < 0)
      file = check(::open(unfinished.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0666), "open");
    if (::write(file, buffer.data(), static_cast<std::size_t>(count)) != count) die("write");
    length -= static_cast<std::uint64_t>(count);
  }
  if (file >= 0) ::close(file);
  if (length > 0) return false;
  check(std::rename(unfinished.c_str(), path.c_str()), "rename");
  return ::send(peer, kDone.data(), kDone.size(), MSG_NOSIGNAL) > 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  const int listener = listen_on(static_cast<std::uint16_t>(std::atoi(argv[1])));
  const std::uint64_t length = std::strtoull(argv[3], nullptr, 10);
  std::vector<char> buffer(std::strtoull(argv[4], nullptr, 10));
  for (;;) {
    const int peer = check(::accept(listener, nullptr, nullptr), "accept");
    while (receive_file(peer, argv[2], length, buffer)) {
    }
    ::close(peer);
  }
}
