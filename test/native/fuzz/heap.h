// The bytes that operator new has given out, counted by replacing it in this program.
#pragma once

#include <malloc.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace c10k::fuzz {

inline std::atomic<std::ptrdiff_t> heap_bytes{0};

/// What its scopes have added to the heap, taken together.
class HeapGrowth {
 public:
  /// One scope.
  class Scope {
   public:
    explicit Scope(HeapGrowth& growth) : growth_(growth), start_(heap_bytes) {}
    ~Scope() { growth_.bytes_ += heap_bytes - start_; }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    HeapGrowth& growth_;
    const std::ptrdiff_t start_;
  };

  std::ptrdiff_t bytes() const { return bytes_; }

 private:
  std::ptrdiff_t bytes_ = 0;
};

}  // namespace c10k::fuzz

[[gnu::noinline]] void* operator new(std::size_t size) {
  void* const block = std::malloc(size);
  if (block == nullptr) throw std::bad_alloc();
  c10k::fuzz::heap_bytes += static_cast<std::ptrdiff_t>(::malloc_usable_size(block));
  return block;
}

[[gnu::noinline]] void operator delete(void* block) noexcept {
  c10k::fuzz::heap_bytes -= static_cast<std::ptrdiff_t>(::malloc_usable_size(block));
  std::free(block);
}

[[gnu::noinline]] void operator delete(void* block, std::size_t) noexcept {
  operator delete(block);
}
