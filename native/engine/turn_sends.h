// The sends that a proactor prepares in one turn, and the received pieces that each of them sends.
#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "uring/buffer_ring.h"
#include "uring/operations.h"
#include "uring/ring.h"

namespace c10k {

/// A message that came in several buffers is answered with one sendmsg() from all of them: several
/// sends of one connection could overtake each other, and a copy costs more than the send.
class TurnSends {
 public:
  explicit TurnSends(Ring& ring) : ring_(ring) {}

  /// Prepares a send from a receive buffer. Returns its index, valid until finish().
  std::uint32_t begin(int fd, std::uint64_t token, Bytes bytes, BufferRing::Id buffer) {
    send_now(ring_.prepare(), fd, bytes, token);
    sends_.push_back({ring_.last_prepared(), {bytes, buffer}, nullptr});
    return static_cast<std::uint32_t>(sends_.size() - 1);
  }

  /// False when it was submitted already, or can't take another piece.
  bool is_extensible(std::uint32_t index) const {
    const Send& send = sends_[index];
    if (send.message != nullptr && send.message->count == kMostPieces) return false;
    return ring_.unsubmitted(send.submission) != nullptr;
  }

  /// Lets an extensible send continue with these bytes.
  void extend(std::uint32_t index, Bytes bytes, BufferRing::Id buffer) {
    Send& send = sends_[index];
    if (send.message == nullptr) {
      send.message = &next_message();
      send.message->add(send.first);
      gather(*ring_.unsubmitted(send.submission), send.message->header);
    }
    send.message->add({bytes, buffer});
  }

  /// Visits what remains of a send when the socket has taken `sent` bytes, in order.
  template <typename Visit>
  void for_rest(std::uint32_t index, std::size_t sent, Visit visit) const {
    for_each_piece(sends_[index], [&](const Piece& piece) {
      const std::size_t taken = std::min(sent, piece.bytes.size());
      sent -= taken;
      if (taken < piece.bytes.size()) visit(piece.bytes.subspan(taken));
    });
  }

  /// Every send has been made, or has failed: gives their buffers back.
  void finish(BufferRing& buffers) {
    for (const Send& send : sends_)
      for_each_piece(send, [&](const Piece& piece) { buffers.recycle(piece.buffer); });
    sends_.clear();
    messages_used_ = 0;
  }

 private:
  /// 512 KiB: as many as one multishot receive fills without a pause.
  static constexpr std::size_t kMostPieces = 32;

  struct Piece {
    Bytes bytes;
    BufferRing::Id buffer;
  };

  struct Message {
    msghdr header;
    std::size_t count;
    std::array<iovec, kMostPieces> vectors;
    std::array<Piece, kMostPieces> pieces;

    void add(const Piece& piece) {
      pieces[count] = piece;
      vectors[count] = {const_cast<std::byte*>(piece.bytes.data()), piece.bytes.size()};
      header.msg_iovlen = ++count;
    }
  };

  struct Send {
    unsigned submission;
    Piece first;
    Message* message;  // of all pieces, if there are several
  };

  // The kernel reads a message when it is submitted: its address must hold until then.
  Message& next_message() {
    if (messages_used_ == messages_.size()) messages_.emplace_back();
    Message& message = messages_[messages_used_++];
    message.count = 0;
    message.header = {};
    message.header.msg_iov = message.vectors.data();
    return message;
  }

  template <typename Visit>
  static void for_each_piece(const Send& send, Visit visit) {
    if (send.message == nullptr) return visit(send.first);
    for (std::size_t i = 0; i < send.message->count; ++i) visit(send.message->pieces[i]);
  }

  Ring& ring_;
  std::vector<Send> sends_;
  std::deque<Message> messages_;
  std::size_t messages_used_ = 0;
};

}  // namespace c10k
