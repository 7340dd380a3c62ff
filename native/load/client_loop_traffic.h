// Member functions of ClientLoop on the path of a message; see client_loop_impl.h.
#pragma once

#include <utility>

#include "load/client_loop.h"

namespace c10k {

/// The maximum of first messages per turn, so that early answers are received before all are sent.
inline constexpr int kBeginsPerTurn = 64;

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::release(Nanoseconds at) {
  phases_.release(at);
  to_begin_ = 0;
  connections_.settle(now_);
}

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::begin_some() {
  for (int i = 0; i < kBeginsPerTurn && is_beginning(); ++i) {
    Client& slot = slots_[to_begin_++];
    if (slot.idle || slot.state != Slot::State::waiting || (slot.record.free_at != 0 && !slot.held))
      continue;
    now_ = now();
    proceed(slot, gate_.release(slot) ? conversation_.resume(slot, gate_.opened(), now_)
                                      : conversation_.begin(slot, phases_.released_at(), now_));
  }
}

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::on_traffic(Client& slot, std::uint32_t events) {
  constexpr std::uint32_t hangup = EPOLLRDHUP | EPOLLHUP | EPOLLERR;
  if ((events & EPOLLOUT) && exchanges_.has_unsent(slot) && !send(slot)) return;
  if (events & (EPOLLIN | hangup)) receive(slot, (events & hangup) != 0);
}

// Returns whether the connection is still open.
template <ClientProtocol Protocol>
bool ClientLoop<Protocol>::proceed(Client& slot, Conversation::Next next) {
  using Next = Conversation::Next;
  if (next == Next::send) {
    exchanges_.begin(slot);
    return send(slot);
  }
  if (next == Next::wait) return true;
  if (next == Next::hold) return hold(slot);
  if (next == Next::reconnect)
    reconnect(slot);
  else
    close(slot, Failure::none);
  return false;
}

template <ClientProtocol Protocol>
bool ClientLoop<Protocol>::hold(Client& slot) {
  gate_.hold(slot);
  settle_gate();  // may close the connection if the traffic is over
  return slot.state == Slot::State::waiting;
}

template <ClientProtocol Protocol>
bool ClientLoop<Protocol>::send(Client& slot) {
  const Sent sent = exchanges_.send(slot);
  if (sent.failure != Failure::none) close(slot, sent.failure);
  if (sent.is_unfinished) continue_later(slot, EPOLLOUT);
  return sent.failure == Failure::none;
}

// A short read means that the socket is empty, unless a hangup was reported.
template <ClientProtocol Protocol>
void ClientLoop<Protocol>::receive(Client& slot, bool hangup) {
  using Kind = Received::Kind;
  for (int calls = 0; calls < Exchanges<Protocol>::kCallsPerTurn; ++calls) {
    const std::size_t before = slot.record.bytes_received;
    const Received received = exchanges_.receive(slot);
    if (received.kind == Kind::failed) {
      now_ = now();
      return close(slot, received.failure);
    }
    if (received.kind == Kind::more) continue;
    if (received.kind != Kind::partial) {
      now_ = now();
      line_.answered.add();
      exchanges_.end(slot, Failure::none, now_);
      const bool is_last = received.kind == Kind::last;
      if (!proceed(slot, conversation_.answered(slot, is_last, now_))) return;
    }
    if (!hangup || slot.record.bytes_received == before) return;
  }
  continue_later(slot, hangup ? EPOLLIN | EPOLLRDHUP : EPOLLIN);
}

// Edge-triggered: epoll doesn't report again what a turn left.
template <ClientProtocol Protocol>
void ClientLoop<Protocol>::continue_later(Client& slot, std::uint32_t events) {
  if (slot.pending == 0) unfinished_.push_back(slot.token());
  slot.pending |= events;
}

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::continue_turns() {
  for (std::size_t left = unfinished_.size(); left > 0; --left) {
    Client* slot = slots_.find(unfinished_.front());
    unfinished_.pop_front();
    if (slot != nullptr) on_traffic(*slot, std::exchange(slot->pending, 0));
  }
}

}  // namespace c10k
