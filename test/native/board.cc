#include "load/board.h"

#include "check.h"

namespace c10k::board_test {
namespace {

TEST("a new board is free, with nothing counted") {
  const Board board(2);
  EQUAL(Board::gate_of(board.gate().load()), Gate::free);
  for (unsigned thread = 0; thread < 2; ++thread) {
    EQUAL(board.line(thread).answered.get(), 0U);
    EQUAL(board.line(thread).active.load(), 0U);
    EQUAL(board.line(thread).drained.load(), 0U);
  }
}

TEST("the gate and the threads' lines share no cache line") {
  const Board board(2);
  const auto address = [](const auto& part) { return reinterpret_cast<std::uintptr_t>(&part); };
  CHECK(address(board.line(0)) - address(board.gate()) >= 64);
  CHECK(address(board.line(1)) - address(board.line(0)) >= 64);
  EQUAL(address(board.line(0)) % 64, 0U);
}

TEST("consecutive settings differ, even with the same gate") {
  const Board::Setting first = Board::next(0, Gate::shut);
  const Board::Setting second = Board::next(first, Gate::shut);
  CHECK(first != second);
  EQUAL(Board::gate_of(first), Gate::shut);
  EQUAL(Board::gate_of(second), Gate::shut);
}

TEST("settings wrap around after the largest one and keep their gate") {
  const Board::Setting next = Board::next(0xffff'ffff, Gate::measured);
  CHECK(next < 8);
  EQUAL(Board::gate_of(next), Gate::measured);
}

TEST("messages are sent unless the gate is shut or over") {
  const auto lets_send = [](Gate gate) { return Board::lets_send(Board::next(0, gate)); };
  CHECK(lets_send(Gate::free) && lets_send(Gate::ramp) && lets_send(Gate::measured));
  CHECK(!lets_send(Gate::shut) && !lets_send(Gate::over));
}

}  // namespace
}  // namespace c10k::board_test
