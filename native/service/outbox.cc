#include "service/outbox.h"

#include <algorithm>
#include <cstring>

namespace c10k {

void Outbox::write(Bytes bytes) {
  if (bytes.empty()) return;
  if (kept_) {
    copy();
    append(bytes);
  } else if (borrowed_.empty()) {
    borrowed_ = bytes;
  } else if (borrowed_.data() + borrowed_.size() == bytes.data()) {
    borrowed_ = {borrowed_.data(), borrowed_.size() + bytes.size()};
  } else {
    copy();
    append(bytes);
  }
}

void Outbox::consume(std::size_t count) {
  if (front().empty()) {
    file_.offset += static_cast<std::int64_t>(count);
    file_.length -= count;
    return;
  }
  if (!kept_) {
    borrowed_ = borrowed_.subspan(count);
    return;
  }
  sent_ += static_cast<std::uint32_t>(count);
  if (sent_ < size_) return;
  kept_.reset();
  size_ = capacity_ = sent_ = 0;
}

void Outbox::keep() {
  if (!continues_ && !borrowed_.empty()) copy();
}

void Outbox::copy() {
  append(borrowed_);
  borrowed_ = {};
}

void Outbox::put_before(Outbox earlier) {
  earlier.keep();
  if (kept_) earlier.append(front());
  kept_ = std::move(earlier.kept_);
  size_ = earlier.size_;
  capacity_ = earlier.capacity_;
  sent_ = earlier.sent_;
}

void Outbox::append(Bytes bytes) {
  if (bytes.empty()) return;
  const std::size_t needed = size_ + bytes.size();
  if (needed > capacity_) {
    const std::size_t grown = std::max<std::size_t>(needed, capacity_ * std::size_t{2});
    auto larger = std::make_unique_for_overwrite<std::byte[]>(grown);
    if (size_ > 0) std::memcpy(larger.get(), kept_.get(), size_);
    kept_ = std::move(larger);
    capacity_ = static_cast<std::uint32_t>(grown);
  }
  std::memcpy(kept_.get() + size_, bytes.data(), bytes.size());
  size_ = static_cast<std::uint32_t>(needed);
}

}  // namespace c10k
