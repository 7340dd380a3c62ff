// The sends that a proactor prepares in one turn, each with the received pieces it sends.
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

/// A message received in several buffers is answered by one sendmsg() from all of them: separate
/// sends of one connection could be reordered, and a copy costs more than the send.
class TurnSends {
 public:
  explicit TurnSends(Ring& ring) : ring_(ring) {}

  /// Prepares a send from a receive buffer. Returns its index, valid until finish().
  std::uint32_t begin(int fd, std::uint64_t token, Bytes bytes, BufferRing::Id buffer) {
    send_now(ring_.prepare(), fd, bytes, token);
    sends_.push_back({ring_.last_prepared(), {bytes, buffer}, nullptr});
    return static_cast<std::uint32_t>(sends_.size() - 1);
  }

  /// False if it was already submitted or is full.
  bool is_extensible(std::uint32_t index) const {
    const Send& send = sends_[index];
    if (send.message != nullptr && send.message->count == kMaxPieces) return false;
    return ring_.unsubmitted(send.submission) != nullptr;
  }

  /// Appends bytes to an extensible send.
  void extend(std::uint32_t index, Bytes bytes, BufferRing::Id buffer) {
    Send& send = sends_[index];
    if (send.message == nullptr) {
      send.message = &next_message();
      send.message->add(send.first);
      gather(*ring_.unsubmitted(send.submission), send.message->header);
    }
    send.message->add({bytes, buffer});
  }

  /// Visits the unsent pieces of a send of which the socket has taken `sent` bytes, in order.
  template <typename Visit>
  void for_rest(std::uint32_t index, std::size_t sent, Visit visit) const {
    for_each_piece(sends_[index], [&](const Piece& piece) {
      const std::size_t taken = std::min(sent, piece.bytes.size());
      sent -= taken;
      if (taken < piece.bytes.size()) visit(piece.bytes.subspan(taken));
    });
  }

  /// Recycles the buffers of all sends, each of which must have completed or failed.
  void finish(BufferRing& buffers) {
    for (const Send& send : sends_)
      for_each_piece(send, [&](const Piece& piece) { buffers.recycle(piece.buffer); });
    sends_.clear();
    messages_used_ = 0;
  }

 private:
  /// 512 KiB: as much as one multishot receive fills without a pause.
  static constexpr std::size_t kMaxPieces = 32;

  struct Piece {
    Bytes bytes;
    BufferRing::Id buffer;
  };

  struct Message {
    msghdr header;
    std::size_t count;
    std::array<iovec, kMaxPieces> vectors;
    std::array<Piece, kMaxPieces> pieces;

    void add(const Piece& piece) {
      pieces[count] = piece;
      vectors[count] = {const_cast<std::byte*>(piece.bytes.data()), piece.bytes.size()};
      header.msg_iovlen = ++count;
    }
  };

  struct Send {
    unsigned submission;
    Piece first;
    Message* message;  // of all pieces; null if there is only one
  };

  // The kernel reads a message when it is submitted, so its address must stay valid until then.
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
