// Base64: every path gives what the reference gives, whole and in pieces.
#include "base/base64.h"

#include <cstring>
#include <memory>
#include <string>

#include "fuzz/mutation.h"
#include "fuzz/target.h"
#include "random_bytes.h"
#include "reference_base64.h"

namespace c10k::fuzz {
namespace {

constexpr std::size_t kLongest = 5000;
constexpr Base64Path kPaths[] = {Base64Path::scalar, Base64Path::ssse3, Base64Path::avx2};

/// A copy in a block of exactly its length, so that a sanitizer sees what is read behind it.
class Exact {
 public:
  explicit Exact(std::string_view text) : bytes_(new char[text.size()]), size_(text.size()) {
    if (size_ > 0) std::memcpy(bytes_.get(), text.data(), size_);
  }
  std::string_view text() const { return {bytes_.get(), size_}; }

 private:
  const std::unique_ptr<char[]> bytes_;
  const std::size_t size_;
};

std::string encode(std::string_view bytes, Base64Path path) {
  const Exact in(bytes);
  const std::size_t length = base64_length(bytes.size());
  const auto out = std::make_unique<char[]>(length);
  encode_base64(bytes_of(in.text()), out.get(), path);
  return {out.get(), length};
}

test::Decoding decode(std::string_view text, Base64Path path, Pieces pieces) {
  Base64Decoder decoder(path);
  test::Decoding result;
  while (!text.empty()) {
    const Exact piece(pieces.take(text));
    const std::size_t most = Base64Decoder::most_bytes(piece.text().size());
    const auto out = std::make_unique<std::byte[]>(most);
    const std::size_t count = decoder.decode(piece.text(), out.get());
    CHECK(count <= most);
    result.bytes += text_of({out.get(), count});
  }
  result.failed = decoder.failed();
  result.is_complete = decoder.is_complete();
  return result;
}

void fuzz_base64(Choices& choices) {
  const std::string bytes = test::random_bytes(choices.length(kLongest), choices.next());
  std::string text = test::reference_encoding(bytes);
  note_input(bytes);
  for (const Base64Path path : kPaths)
    if (can_use(path)) EQUAL(encode(bytes, path), text);
  mutate(text, choices);
  note_input(text);
  const test::Decoding expected = test::reference_decoding(text);
  for (const Base64Path path : kPaths) {
    if (!can_use(path)) continue;
    for (const Pieces& pieces : {Pieces::whole(choices), Pieces(choices)}) {
      const test::Decoding found = decode(text, path, pieces);
      EQUAL(found.bytes, expected.bytes);
      EQUAL(found.failed, expected.failed);
      if (!found.failed) EQUAL(found.is_complete, expected.is_complete);
    }
  }
}

}  // namespace
}  // namespace c10k::fuzz
