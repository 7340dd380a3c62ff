#include "uring/operations.h"

#include "base/slot_id.h"
#include "check.h"

namespace c10k::operations_test {
namespace {

TEST("a tag gives back its operation and its token") {
  const SlotId slot{.index = (1U << Tag::kShift) - 1, .generation = 0xffff'ffff};
  for (const Operation operation : {Operation::accept, Operation::receive, Operation::close}) {
    const std::uint64_t tag = Tag::of(operation, slot.token());
    EQUAL(Tag::operation(tag), operation);
    EQUAL(Tag::token(tag), slot.token());
  }
}

TEST("tags of one token differ by operation") {
  CHECK(Tag::of(Operation::send, 5) != Tag::of(Operation::awaited_send, 5));
}

}  // namespace
}  // namespace c10k::operations_test
