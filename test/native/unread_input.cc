#include "service/unread_input.h"

#include "check.h"

namespace c10k::unread_input_test {
namespace {

Bytes bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::string text(Bytes piece) {
  return {reinterpret_cast<const char*>(piece.data()), piece.size()};
}

TEST("input that is read at once is not copied") {
  const Bytes received = bytes("request");
  UnreadInput input;
  input.add(received);
  EQUAL(input.bytes().data(), received.data());
  input.consume(7);
  input.keep();
  CHECK(input.empty());
}

TEST("what is left outlives its buffer") {
  std::string buffer = "one two";
  UnreadInput input;
  input.add(bytes(buffer));
  input.consume(4);
  input.keep();
  buffer = "XXXXXXX";
  EQUAL(text(input.bytes()), "two");
}

TEST("new input follows what is left, byte by byte") {
  UnreadInput input;
  for (const std::string piece : {"a", "b", "c"}) {
    input.add(bytes(piece));
    input.keep();
  }
  EQUAL(text(input.bytes()), "abc");
}

TEST("what was read before is not read again") {
  UnreadInput input;
  input.add(bytes("one two"));
  input.keep();
  input.consume(4);
  input.keep();
  EQUAL(text(input.bytes()), "two");
  input.add(bytes(" three"));
  EQUAL(text(input.bytes()), "two three");
  input.consume(4);
  input.keep();
  EQUAL(text(input.bytes()), "three");
}

TEST("after all is read, the next input is borrowed again") {
  UnreadInput input;
  input.add(bytes("one"));
  input.keep();
  input.consume(3);
  input.keep();
  const Bytes next = bytes("next");
  input.add(next);
  EQUAL(input.bytes().data(), next.data());
}

}  // namespace
}  // namespace c10k::unread_input_test
