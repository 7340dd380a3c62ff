// The baseline of the bulk service.
#pragma once

#include <sys/sendfile.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include "base/pattern_file.h"
#include "control/loop.h"
#include "service/bulk/request.h"

namespace c10k {

struct SendFromMemory {
  ssize_t operator()(int fd, std::uint64_t position, std::uint64_t length) const {
    return ::send(fd, pattern_at(position), std::min<std::uint64_t>(length, kPatternView),
                  MSG_NOSIGNAL);
  }
};

class SendFromFile {
 public:
  ssize_t operator()(int fd, std::uint64_t position, std::uint64_t length) const {
    auto [offset, count] = PatternFile::part(position, length);
    return ::sendfile(fd, file_.fd(), &offset, count);
  }

 private:
  PatternFile file_;
};

/// Closes a connection on a wrong request, or on one behind an answer that the socket doesn't take
/// at once.
template <typename Send>
class ControlBulk {
 public:
  void opened(int fd) {
    if (static_cast<std::size_t>(fd) >= states_.size()) states_.resize(fd + 1024);
    states_[fd] = {};
  }

  bool ready(int fd, std::uint32_t events) {
    const bool ending = is_ending(events);
    State& state = states_[fd];
    for (;;) {
      if (!send_more(fd, state)) return false;
      if (state.to_send > 0) return true;
      const ssize_t count = ::recv(fd, buffer_.data(), buffer_.size(), 0);
      if (count < 0 && errno == EAGAIN) return true;
      if (count <= 0 || !take(fd, state, Bytes(buffer_).first(count))) return false;
      if (state.to_send == 0 && count < static_cast<ssize_t>(buffer_.size()) && !ending)
        return true;
    }
  }

 private:
  struct State {
    std::uint64_t sent = 0;
    std::uint64_t to_send = 0;
    std::uint64_t length = 0;
    std::uint64_t to_receive = 0;
    std::array<char, kBulkLine> line;
    std::size_t line_bytes = 0;
  };

  /// Until the answer is sent or the socket full. False if it is broken.
  bool send_more(int fd, State& state) {
    while (state.to_send > 0) {
      const ssize_t count = send_(fd, state.sent, state.to_send);
      if (count <= 0) return count < 0 && errno == EAGAIN;
      state.sent += count;
      state.to_send -= count;
    }
    return true;
  }

  bool take(int fd, State& state, Bytes in) {
    while (!in.empty()) {
      if (state.to_send > 0) return false;
      if (state.to_receive > 0) {
        const auto count = std::min<std::uint64_t>(in.size(), state.to_receive);
        in = in.subspan(count);
        state.to_receive -= count;
        if (state.to_receive == 0 && !send_ok(fd, state.length)) return false;
      } else {
        if (state.line_bytes == kBulkLine) return false;
        const char c = static_cast<char>(in.front());
        in = in.subspan(1);
        if (c != '\n')
          state.line[state.line_bytes++] = c;
        else if (!begin(fd, state))
          return false;
      }
    }
    return true;
  }

  bool begin(int fd, State& state) {
    const auto [command, length, _] =
        parse_bulk_request({state.line.data(), std::exchange(state.line_bytes, 0)});
    if (command == BulkRequest::Command::refused) return false;
    if (command == BulkRequest::Command::put) {
      state.length = state.to_receive = length;
      return true;
    }
    state.sent = 0;
    state.to_send = length;
    return send_more(fd, state);
  }

  static bool send_ok(int fd, std::uint64_t length) {
    char line[kBulkLine];
    const int size =
        std::snprintf(line, sizeof line, "OK %llu\n", static_cast<unsigned long long>(length));
    return ::send(fd, line, size, MSG_NOSIGNAL) == size;
  }

  std::vector<State> states_;  // by descriptor
  std::vector<std::byte> buffer_ = std::vector<std::byte>(64 * 1024);
  Send send_;
};

using ControlBulkFromMemory = ControlBulk<SendFromMemory>;
using ControlBulkFromFile = ControlBulk<SendFromFile>;

}  // namespace c10k
