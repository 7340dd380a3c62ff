// The proactor's operations, and the tags that identify their completions.
#pragma once

#include <linux/io_uring.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstdint>

#include "base/bytes.h"

namespace c10k {

enum class Operation : std::uint8_t {
  accept,
  stop,
  receive,
  send,
  awaited_send,
  room,
  cancel,
  close
};

/// A connection's token with the operation in the top bits of its slot number.
struct Tag {
  static constexpr int kShift = 28;
  static constexpr std::uint64_t kMask = std::uint64_t{0xf} << kShift;

  static std::uint64_t of(Operation operation, std::uint64_t token = 0) {
    return token | static_cast<std::uint64_t>(operation) << kShift;
  }
  static Operation operation(std::uint64_t tag) {
    return static_cast<Operation>((tag & kMask) >> kShift);
  }
  static std::uint64_t token(std::uint64_t tag) { return tag & ~kMask; }
};

/// Multishot accept: a completion per connection until it is cancelled or fails.
inline void accept_all(io_uring_sqe& entry, int listener) {
  entry.opcode = IORING_OP_ACCEPT;
  entry.ioprio = IORING_ACCEPT_MULTISHOT;
  entry.fd = listener;
  entry.accept_flags = SOCK_CLOEXEC;
  entry.user_data = Tag::of(Operation::accept);
}

inline void await_readable(io_uring_sqe& entry, int fd) {
  entry.opcode = IORING_OP_POLL_ADD;
  entry.fd = fd;
  entry.poll32_events = POLLIN;
  entry.user_data = Tag::of(Operation::stop);
}

/// Completes when the socket can take more, or is broken.
inline void await_room(io_uring_sqe& entry, int fd, std::uint64_t token) {
  entry.opcode = IORING_OP_POLL_ADD;
  entry.fd = fd;
  entry.poll32_events = POLLOUT;
  entry.user_data = Tag::of(Operation::room, token);
}

/// Multishot receive: each completion has a buffer of group 0, until it is cancelled or fails.
inline void receive_all(io_uring_sqe& entry, int fd, std::uint64_t token) {
  entry.opcode = IORING_OP_RECV;
  entry.ioprio = IORING_RECV_MULTISHOT;
  entry.flags = IOSQE_BUFFER_SELECT;
  entry.fd = fd;
  entry.user_data = Tag::of(Operation::receive, token);
}

inline void send(io_uring_sqe& entry, int fd, Bytes bytes, int flags) {
  entry.opcode = IORING_OP_SEND;
  entry.fd = fd;
  entry.addr = reinterpret_cast<std::uintptr_t>(bytes.data());
  entry.len = static_cast<std::uint32_t>(bytes.size());
  entry.msg_flags = MSG_NOSIGNAL | flags;
}

/// Sends at once as much as the socket takes. Posts a completion only if the send is short or
/// fails.
inline void send_now(io_uring_sqe& entry, int fd, Bytes bytes, std::uint64_t token) {
  send(entry, fd, bytes, MSG_DONTWAIT | MSG_WAITALL);
  entry.flags = IOSQE_CQE_SKIP_SUCCESS;
  entry.user_data = Tag::of(Operation::send, token);
}

/// Changes a prepared send() to a sendmsg() with the same flags.
inline void gather(io_uring_sqe& entry, const msghdr& message) {
  entry.opcode = IORING_OP_SENDMSG;
  entry.addr = reinterpret_cast<std::uintptr_t>(&message);
  entry.len = 1;
}

/// Waits until the socket has taken everything or, unless `whole`, a part.
inline void send_waiting(io_uring_sqe& entry, int fd, Bytes bytes, std::uint64_t token,
                         bool whole) {
  send(entry, fd, bytes, whole ? MSG_WAITALL : 0);
  entry.user_data = Tag::of(Operation::awaited_send, token);
}

inline void cancel(io_uring_sqe& entry, Operation operation, std::uint64_t token) {
  entry.opcode = IORING_OP_ASYNC_CANCEL;
  entry.flags = IOSQE_CQE_SKIP_SUCCESS;
  entry.addr = Tag::of(operation, token);
  entry.user_data = Tag::of(Operation::cancel);
}

inline void cancel_everything(io_uring_sqe& entry) {
  entry.opcode = IORING_OP_ASYNC_CANCEL;
  entry.cancel_flags = IORING_ASYNC_CANCEL_ALL | IORING_ASYNC_CANCEL_ANY;
  entry.user_data = Tag::of(Operation::cancel);
}

inline void close_fd(io_uring_sqe& entry, int fd) {
  entry.opcode = IORING_OP_CLOSE;
  entry.flags = IOSQE_CQE_SKIP_SUCCESS;
  entry.fd = fd;
  entry.user_data = Tag::of(Operation::close);
}

}  // namespace c10k
