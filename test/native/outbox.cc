#include "service/outbox.h"

#include "check.h"

namespace c10k::outbox_test {
namespace {

TEST("a new outbox is empty") {
  Outbox out;
  CHECK(out.empty());
  out.write({});
  out.keep();
  CHECK(out.empty() && out.borrows() && !out.finished());
}

TEST("one piece is borrowed without a copy") {
  const Bytes piece = bytes_of("hello");
  Outbox out;
  out.write(piece);
  CHECK(out.borrows());
  EQUAL(out.front().data(), piece.data());
  EQUAL(out.front().size(), 5U);
}

TEST("adjacent pieces are borrowed as one") {
  const Bytes whole = bytes_of("hello world");
  Outbox out;
  out.write(whole.first(5));
  out.write(whole.subspan(5));
  CHECK(out.borrows());
  EQUAL(text_of(out.front()), "hello world");
}

TEST("non-adjacent pieces are copied in order") {
  Outbox out;
  const Bytes whole = bytes_of("hello world");
  out.write(whole.first(5));
  out.write(whole.subspan(6));
  CHECK(!out.borrows());
  EQUAL(text_of(out.front()), "helloworld");
}

TEST("an empty piece changes nothing") {
  Outbox out;
  out.write(bytes_of("hello"));
  out.write({});
  CHECK(out.borrows());
  EQUAL(text_of(out.front()), "hello");
}

TEST("sent bytes leave the front, byte by byte") {
  Outbox out;
  out.write(bytes_of("abc"));
  out.consume(1);
  EQUAL(text_of(out.front()), "bc");
  out.consume(0);
  EQUAL(text_of(out.front()), "bc");
  out.consume(2);
  CHECK(out.empty());
}

TEST("only unsent bytes are kept, and they outlive their source") {
  std::string source = "hello";
  Outbox out;
  out.write(bytes_of(source));
  out.consume(2);
  out.keep();
  source = "XXXXX";
  CHECK(!out.borrows());
  EQUAL(text_of(out.front()), "llo");
}

TEST("bytes written after kept bytes are copied and sent after them") {
  std::string source = " world";
  Outbox out;
  out.write(bytes_of("hello"));
  out.keep();
  out.consume(4);
  out.write(bytes_of(source));
  source = "XXXXXX";
  EQUAL(text_of(out.front()), "o world");
  out.consume(2);
  EQUAL(text_of(out.front()), "world");
}

TEST("after all kept bytes are sent the outbox owns nothing and borrows again") {
  Outbox out;
  out.write(bytes_of("hello"));
  out.keep();
  out.consume(5);
  CHECK(out.empty() && out.borrows());
  const Bytes next = bytes_of("next");
  out.write(next);
  EQUAL(out.front().data(), next.data());
}

TEST("an emptied outbox keeps the next bytes from their beginning") {
  Outbox out;
  for (const std::string next : {"a longer text", "short"}) {
    out.write(bytes_of(next));
    out.keep();
    EQUAL(text_of(out.front()), next);
    out.consume(next.size());
  }
}

TEST("unsent bytes written one at a time are all kept") {
  std::string whole;
  Outbox out;
  for (int i = 0; i < 5000; ++i) {
    const char c = static_cast<char>('a' + i % 26);
    whole += c;
    out.write(bytes_of({&c, 1}));
    out.keep();
  }
  CHECK(text_of(out.front()) == whole);
}

TEST("finish does not depend on unsent bytes") {
  Outbox out;
  out.write(bytes_of("bye"));
  out.finish();
  CHECK(out.finished() && !out.empty());
  out.keep();
  out.consume(3);
  CHECK(out.finished() && out.empty());
}

TEST("an answer that continues is not copied") {
  const Bytes piece = bytes_of("the session's own");
  Outbox out;
  out.write(piece);
  out.go_on();
  out.keep();
  CHECK(out.borrows() && out.continues());
  EQUAL(out.front().data(), piece.data());
}

TEST("a continuation is taken once") {
  Outbox out;
  CHECK(!out.take_continuation());
  out.go_on();
  CHECK(out.take_continuation());
  CHECK(!out.take_continuation());
}

TEST("a file is sent after the bytes before it") {
  Outbox out;
  out.write(bytes_of("head"));
  out.send({.fd = 7, .offset = 100, .length = 50});
  EQUAL(out.next_length(), 4U);
  out.keep();
  out.consume(4);
  CHECK(!out.empty() && out.front().empty());
  EQUAL(out.next_length(), 50U);
  out.consume(20);
  EQUAL(out.file().offset, 120);
  EQUAL(out.file().length, 30U);
  out.consume(30);
  CHECK(out.empty());
}

TEST("unsent bytes are put before those queued after them") {
  std::string source = "earlier ";
  const Bytes own = bytes_of("own");
  Outbox earlier;
  earlier.write(bytes_of(source));
  Outbox out;
  out.write(own);
  out.go_on();
  out.put_before(std::move(earlier));
  source = "XXXXXXXX";
  EQUAL(text_of(out.front()), "earlier ");
  CHECK(out.continues());
  out.consume(8);
  EQUAL(out.front().data(), own.data());
}

TEST("unsent bytes are put before kept bytes") {
  Outbox earlier;
  earlier.write(bytes_of("earlier "));
  Outbox out;
  out.write(bytes_of("later"));
  out.keep();
  out.consume(1);
  out.put_before(std::move(earlier));
  EQUAL(text_of(out.front()), "earlier ater");
}

TEST("bytes written behind unsent bytes and borrowed bytes keep their order") {
  Outbox earlier;
  earlier.write(bytes_of("a"));
  Outbox out;
  out.write(bytes_of("b"));
  out.put_before(std::move(earlier));
  out.write(bytes_of("c"));
  EQUAL(text_of(out.front()), "abc");
}

}  // namespace
}  // namespace c10k::outbox_test
