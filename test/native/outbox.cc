#include "service/outbox.h"

#include "check.h"

namespace c10k::outbox_test {
namespace {

Bytes bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::string text(Bytes piece) {
  return {reinterpret_cast<const char*>(piece.data()), piece.size()};
}

TEST("a new outbox is empty") {
  Outbox out;
  CHECK(out.empty());
  out.write({});
  out.keep();
  CHECK(out.empty() && out.borrows() && !out.finished());
}

TEST("one piece is borrowed without a copy") {
  const Bytes piece = bytes("hello");
  Outbox out;
  out.write(piece);
  CHECK(out.borrows());
  EQUAL(out.front().data(), piece.data());
  EQUAL(out.front().size(), 5U);
}

TEST("adjacent pieces are borrowed as one") {
  const Bytes whole = bytes("hello world");
  Outbox out;
  out.write(whole.first(5));
  out.write(whole.subspan(5));
  CHECK(out.borrows());
  EQUAL(text(out.front()), "hello world");
}

TEST("non-adjacent pieces are copied in order") {
  Outbox out;
  const Bytes whole = bytes("hello world");
  out.write(whole.first(5));
  out.write(whole.subspan(6));
  CHECK(!out.borrows());
  EQUAL(text(out.front()), "helloworld");
}

TEST("an empty piece changes nothing") {
  Outbox out;
  out.write(bytes("hello"));
  out.write({});
  CHECK(out.borrows());
  EQUAL(text(out.front()), "hello");
}

TEST("sent bytes leave the front, byte by byte") {
  Outbox out;
  out.write(bytes("abc"));
  out.consume(1);
  EQUAL(text(out.front()), "bc");
  out.consume(0);
  EQUAL(text(out.front()), "bc");
  out.consume(2);
  CHECK(out.empty());
}

TEST("only unsent bytes are kept, and they outlive their source") {
  std::string source = "hello";
  Outbox out;
  out.write(bytes(source));
  out.consume(2);
  out.keep();
  source = "XXXXX";
  CHECK(!out.borrows());
  EQUAL(text(out.front()), "llo");
}

TEST("bytes written after kept bytes are copied and sent after them") {
  std::string source = " world";
  Outbox out;
  out.write(bytes("hello"));
  out.keep();
  out.consume(4);
  out.write(bytes(source));
  source = "XXXXXX";
  EQUAL(text(out.front()), "o world");
  out.consume(2);
  EQUAL(text(out.front()), "world");
}

TEST("after all kept bytes are sent the outbox owns nothing and borrows again") {
  Outbox out;
  out.write(bytes("hello"));
  out.keep();
  out.consume(5);
  CHECK(out.empty() && out.borrows());
  const Bytes next = bytes("next");
  out.write(next);
  EQUAL(out.front().data(), next.data());
}

TEST("an emptied outbox keeps the next bytes from their beginning") {
  Outbox out;
  for (const std::string next : {"a longer text", "short"}) {
    out.write(bytes(next));
    out.keep();
    EQUAL(text(out.front()), next);
    out.consume(next.size());
  }
}

TEST("unsent bytes written one at a time are all kept") {
  std::string whole;
  Outbox out;
  for (int i = 0; i < 5000; ++i) {
    const char c = static_cast<char>('a' + i % 26);
    whole += c;
    out.write(bytes({&c, 1}));
    out.keep();
  }
  CHECK(text(out.front()) == whole);
}

TEST("finish doesn't depend on unsent bytes") {
  Outbox out;
  out.write(bytes("bye"));
  out.finish();
  CHECK(out.finished() && !out.empty());
  out.keep();
  out.consume(3);
  CHECK(out.finished() && out.empty());
}

}  // namespace
}  // namespace c10k::outbox_test
