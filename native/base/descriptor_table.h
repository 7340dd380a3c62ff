// A private descriptor table for one thread: unshare(2) with CLONE_FILES, close_range(2).
#pragma once

#include <initializer_list>
#include <span>
#include <vector>

namespace c10k {

/// While it exists, the calling thread and the threads it creates use a table with stdio and copies
/// of the given descriptors, numbered from 3. If unshare(2) is not available, they share the
/// process's table.
class DescriptorTable {
 public:
  /// Throws SystemError if the copies can't be made.
  explicit DescriptorTable(std::initializer_list<int> keep);
  /// Closes the copies.
  ~DescriptorTable();
  DescriptorTable(const DescriptorTable&) = delete;
  DescriptorTable& operator=(const DescriptorTable&) = delete;

  bool is_private() const { return private_; }
  /// The numbers of the given descriptors for this thread, in the same order.
  std::span<const int> descriptors() const { return descriptors_; }

 private:
  std::vector<int> descriptors_;
  bool private_;
};

/// The number that this thread's next descriptor would get.
int lowest_free_descriptor();

}  // namespace c10k
