// Received bytes that a session has not handled yet.
#pragma once

#include <vector>

#include "base/bytes.h"

namespace c10k {

/// Holds the start of an incomplete request, and requests that arrived behind one that is still
/// being answered. Borrows during on_data() and owns memory only while something is unread.
class UnreadInput {
 public:
  /// Appends received bytes, which must stay valid until keep().
  void add(Bytes received) {
    if (kept_.empty()) {
      unread_ = received;
      return;
    }
    kept_.erase(kept_.begin(), kept_.end() - static_cast<std::ptrdiff_t>(unread_.size()));
    kept_.insert(kept_.end(), received.begin(), received.end());
    unread_ = kept_;
  }
  Bytes bytes() const { return unread_; }
  bool empty() const { return unread_.empty(); }
  /// Removes the first `count` bytes.
  void consume(std::size_t count) { unread_ = unread_.subspan(count); }
  /// Copies what is left, because the receive buffer is about to be reused.
  void keep() {
    if (unread_.empty())
      kept_ = {};
    else if (kept_.empty())
      kept_.assign(unread_.begin(), unread_.end());
    else
      return;
    unread_ = kept_;
  }

 private:
  std::vector<std::byte> kept_;
  Bytes unread_;
};

}  // namespace c10k
