#include "service/unread_input.h"

#include "check.h"

namespace c10k::unread_input_test {
namespace {

TEST("input that is read at once is not copied") {
  const Bytes received = bytes_of("request");
  UnreadInput input;
  input.add(received);
  EQUAL(input.bytes().data(), received.data());
  input.consume(7);
  input.keep();
  CHECK(input.empty());
}

TEST("unread input outlives its buffer") {
  std::string buffer = "one two";
  UnreadInput input;
  input.add(bytes_of(buffer));
  input.consume(4);
  input.keep();
  buffer = "XXXXXXX";
  EQUAL(text_of(input.bytes()), "two");
}

TEST("new input follows unread input, byte by byte") {
  UnreadInput input;
  for (const std::string piece : {"a", "b", "c"}) {
    input.add(bytes_of(piece));
    input.keep();
  }
  EQUAL(text_of(input.bytes()), "abc");
}

TEST("input that was read before is not read again") {
  UnreadInput input;
  input.add(bytes_of("one two"));
  input.keep();
  input.consume(4);
  input.keep();
  EQUAL(text_of(input.bytes()), "two");
  input.add(bytes_of(" three"));
  EQUAL(text_of(input.bytes()), "two three");
  input.consume(4);
  input.keep();
  EQUAL(text_of(input.bytes()), "three");
}

TEST("after all is read, the next input is borrowed again") {
  UnreadInput input;
  input.add(bytes_of("one"));
  input.keep();
  input.consume(3);
  input.keep();
  const Bytes next = bytes_of("next");
  input.add(next);
  EQUAL(input.bytes().data(), next.data());
}

}  // namespace
}  // namespace c10k::unread_input_test
