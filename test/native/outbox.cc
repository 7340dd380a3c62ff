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

TEST("an outbox to which nothing was written is empty") {
  Outbox out;
  CHECK(out.empty());
  out.write({});
  out.keep();
  CHECK(out.empty() && out.borrows() && !out.finished());
}

TEST("one piece is borrowed where it lies") {
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

TEST("pieces that lie apart are copied in order") {
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

TEST("what was sent leaves the front, byte by byte") {
  Outbox out;
  out.write(bytes("abc"));
  out.consume(1);
  EQUAL(text(out.front()), "bc");
  out.consume(0);
  EQUAL(text(out.front()), "bc");
  out.consume(2);
  CHECK(out.empty());
}

TEST("only what was not sent is kept, and outlives its source") {
  std::string source = "hello";
  Outbox out;
  out.write(bytes(source));
  out.consume(2);
  out.keep();
  source = "XXXXX";
  CHECK(!out.borrows());
  EQUAL(text(out.front()), "llo");
}

TEST("what is written behind kept bytes is copied, and sent after them") {
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

TEST("when all kept bytes were sent the outbox owns nothing, and borrows again") {
  Outbox out;
  out.write(bytes("hello"));
  out.keep();
  out.consume(5);
  CHECK(out.empty() && out.borrows());
  const Bytes next = bytes("next");
  out.write(next);
  EQUAL(out.front().data(), next.data());
}

TEST("an outbox that was emptied keeps the next bytes from their beginning") {
  Outbox out;
  for (const std::string next : {"a longer text", "short"}) {
    out.write(bytes(next));
    out.keep();
    EQUAL(text(out.front()), next);
    out.consume(next.size());
  }
}

TEST("bytes that come one at a time and are refused add up to the whole") {
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

TEST("finish is independent of what is still to be sent") {
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
