#include "base/base64.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

#include "base/mapping.h"
#include "check.h"
#include "random_bytes.h"
#include "reference_base64.h"

namespace c10k::base64_test {
namespace {

using test::Decoding;
using test::random_bytes;
using test::reference_decoding;
using test::reference_encoding;

constexpr std::size_t kGuard = 64;
constexpr std::byte kUntouched{0xa5};

std::vector<Base64Path> paths() {
  std::vector<Base64Path> usable;
  for (const Base64Path path : {Base64Path::scalar, Base64Path::ssse3, Base64Path::avx2})
    if (can_use(path)) usable.push_back(path);
  return usable;
}

/// A copy of the input that ends where memory can't be read: a read behind it ends the program.
std::string_view at_end_of_memory(std::string_view input) {
  static constexpr std::size_t kMost = 1 << 18;
  static const Mapping memory = [] {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    Mapping pages(kMost + page);
    check(::mprotect(pages.at<char>(kMost), page, PROT_NONE), "mprotect");
    return pages;
  }();
  CHECK(input.size() <= kMost);
  char* const start = memory.at<char>(kMost - input.size());
  std::memcpy(start, input.data(), input.size());
  return {start, input.size()};
}

/// The encoding; checks that nothing is written behind it.
std::string encode(Base64Path path, std::string_view bytes) {
  const std::size_t length = base64_length(bytes.size());
  std::string out(length + kGuard, '~');
  encode_base64(bytes_of(at_end_of_memory(bytes)), out.data(), path);
  EQUAL(out.substr(length), std::string(kGuard, '~'));
  out.resize(length);
  return out;
}

/// Decodes one part; checks that nothing is written behind most_bytes().
std::string decode_part(Base64Decoder& decoder, std::string_view part) {
  const std::size_t most = Base64Decoder::most_bytes(part.size());
  std::vector<std::byte> out(most + kGuard, kUntouched);
  const std::size_t count = decoder.decode(at_end_of_memory(part), out.data());
  CHECK(count <= most);
  for (std::size_t i = most; i < out.size(); ++i) CHECK(out[i] == kUntouched);
  return std::string(text_of(Bytes(out).first(count)));
}

/// `length_of` gives the length of the part at a position.
template <typename LengthOf>
Decoding decode(Base64Path path, std::string_view text, LengthOf length_of) {
  Base64Decoder decoder(path);
  Decoding result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::min<std::size_t>(length_of(at), text.size() - at);
    result.bytes += decode_part(decoder, text.substr(at, length));
    at += length;
  }
  result.failed = decoder.failed();
  result.is_complete = decoder.is_complete();
  return result;
}

Decoding decode(Base64Path path, std::string_view text) {
  return decode(path, text, [&](std::size_t) { return text.size(); });
}

/// Every path gives the wanted result, wherever the text is cut in two.
void check_every_cut(std::string_view text, const Decoding& wanted) {
  for (const Base64Path path : paths())
    for (std::size_t cut = 1; cut <= std::max<std::size_t>(text.size(), 1); ++cut)
      CHECK(decode(path, text, [cut](std::size_t at) { return at == 0 ? cut : SIZE_MAX; }) ==
            wanted);
}

TEST("the scalar path can be used everywhere, and the fastest path can be used") {
  CHECK(can_use(Base64Path::scalar));
  CHECK(can_use(best_base64_path()));
  EQUAL(best_base64_path(), paths().back());
}

TEST("the examples of RFC 4648 are encoded and decoded") {
  const std::pair<const char*, const char*> examples[] = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
  };
  for (const auto& [bytes, text] : examples) {
    EQUAL(reference_encoding(bytes), text);
    for (const Base64Path path : paths()) {
      EQUAL(encode(path, bytes), text);
      EQUAL(decode(path, text).bytes, bytes);
    }
  }
}

TEST("bytes of every length from 0 to 300 are encoded as the reference does, and decoded again") {
  for (std::size_t length = 0; length <= 300; ++length) {
    const std::string bytes = random_bytes(length, length);
    const std::string text = reference_encoding(bytes);
    EQUAL(base64_length(length), text.size());
    for (const Base64Path path : paths()) {
      EQUAL(encode(path, bytes), text);
      CHECK(decode(path, text) == Decoding{bytes});
    }
  }
}

TEST("long contents are encoded as the reference does, and decoded again") {
  for (const std::size_t length : {4'096, 49'152, 65'537, 100'001}) {
    const std::string bytes = random_bytes(length, length);
    const std::string text = reference_encoding(bytes);
    for (const Base64Path path : paths()) {
      CHECK(encode(path, bytes) == text);
      CHECK(decode(path, text) == Decoding{bytes});
    }
  }
}

TEST("all three bytes of a group take every value") {
  std::string bytes;
  for (int first = 0; first < 256; ++first)
    for (const int second : {0, 255, first})
      for (const int third : {0, 255, first})
        for (const int byte : {first, second, third, third, first, second})
          bytes += static_cast<char>(byte);
  for (const Base64Path path : paths()) {
    CHECK(encode(path, bytes) == reference_encoding(bytes));
    CHECK(decode(path, reference_encoding(bytes)) == Decoding{bytes});
  }
}

TEST("a content encoded in parts of a multiple of 3 bytes is encoded as a whole") {
  const std::string bytes = random_bytes(1'000, 7);
  for (const Base64Path path : paths())
    for (const std::size_t part : {3, 24, 27, 30, 333}) {
      std::string text;
      for (std::size_t at = 0; at < bytes.size(); at += part)
        text += encode(path, std::string_view(bytes).substr(at, part));
      CHECK(text == reference_encoding(bytes));
    }
}

TEST("a text cut at any position gives the same bytes") {
  for (const std::size_t length : {1, 2, 3, 4, 18, 32, 33, 34, 35, 100, 101, 102}) {
    const std::string bytes = random_bytes(length, length);
    check_every_cut(reference_encoding(bytes), {bytes});
  }
}

TEST("a text that arrives in random parts gives the same bytes") {
  const std::string bytes = random_bytes(50'000, 1);
  const std::string text = reference_encoding(bytes);
  for (const Base64Path path : paths())
    for (const std::size_t most : {1, 2, 3, 5, 50, 500, 50'000})
      CHECK(decode(path, text, [most](std::size_t at) { return 1 + mix(at) % most; }) ==
            Decoding{bytes});
}

TEST("every character at every position is judged as the reference does") {
  // The last vectors end before the text does.
  const std::string correct = reference_encoding(random_bytes(84, 3));
  for (std::size_t at = 0; at < correct.size(); ++at)
    for (int character = 0; character < 256; ++character) {
      std::string text = correct;
      text[at] = static_cast<char>(character);
      const Decoding wanted = reference_decoding(text);
      for (const Base64Path path : paths()) CHECK(decode(path, text) == wanted);
    }
}

TEST("64 characters and no others are in the alphabet") {
  int valid = 0;
  for (int character = 0; character < 256; ++character) {
    const std::string text(48, static_cast<char>(character));
    for (const Base64Path path : paths())
      CHECK(decode(path, text).failed == reference_decoding(text).failed);
    valid += reference_decoding(text).failed ? 0 : 1;
  }
  EQUAL(valid, 64);
}

TEST("wrong padding, leftover bits, white space and other alphabets fail") {
  const std::string_view wrong[] = {
      "A===",     "====",      "=AAA",  "A=AA",  "AA=A",   "AAA=AAAA", "AA==AAAA",
      "AA==AA==", "AAA=A",     "AA===", "AAA==", "AA==\n", "AB==",     "AP==",
      "A/==",     "AAB=",      "AAC=",  "AA/=",  "QUJ\n",  "QUI\r\n=", " QUJD",
      "QU JDQUJ", "QUJ\tQUJD", "ab-_",  "AAA-",  "AAA_",   "AAA,",     "AAA.",
  };
  const std::string long_text = reference_encoding(random_bytes(75, 5));
  for (const std::string_view text : wrong)
    for (const std::string& before : {std::string(), long_text})
      for (const std::string& behind : {std::string(), long_text}) {
        const std::string whole = before + std::string(text) + behind;
        const Decoding wanted = reference_decoding(whole);
        CHECK(wanted.failed && !wanted.is_complete);
        check_every_cut(whole, wanted);
      }
}

TEST("padding without bits behind it is correct only at the end") {
  const std::string before = reference_encoding(random_bytes(75, 6));
  for (const char* text : {"AA==", "AAA=", "/w==", "//8=", "+Q==", "+/A="}) {
    const std::string whole = before + text;
    const Decoding wanted = reference_decoding(whole);
    CHECK(!wanted.failed && wanted.is_complete);
    check_every_cut(whole, wanted);
    for (const char* behind : {"A", "=", "AAAA", "\r"}) {
      CHECK(reference_decoding(whole + behind).failed);
      check_every_cut(whole + behind, reference_decoding(whole + behind));
    }
  }
}

TEST("an incomplete group at the end has not failed, but is not complete") {
  const std::string before = reference_encoding(random_bytes(75, 8));
  for (const char* group : {"=", "A", "AA", "AAA", "A=", "AA=", "\n"})
    for (const std::string& text : {std::string(group), before + group}) {
      Decoding wanted = reference_decoding(text);
      CHECK(!wanted.failed && !wanted.is_complete);
      check_every_cut(text, wanted);
    }
}

TEST("a text without characters is complete") {
  for (const Base64Path path : paths()) {
    Base64Decoder decoder(path);
    CHECK(decoder.is_complete() && !decoder.failed());
    EQUAL(decode_part(decoder, ""), "");
    CHECK(decoder.is_complete() && !decoder.failed());
  }
}

TEST("the text can end between any two groups, and nowhere else") {
  for (const Base64Path path : paths()) {
    Base64Decoder decoder(path);
    for (std::size_t count = 1; count <= 100; ++count) {
      decode_part(decoder, "A");
      EQUAL(decoder.is_complete(), count % 4 == 0);
    }
  }
}

TEST("characters behind an error give no bytes") {
  const std::string correct = reference_encoding(random_bytes(75, 9));
  for (const char* error : {"A===", "AA==A", "AA=="})
    for (const Base64Path path : paths()) {
      Base64Decoder decoder(path);
      decode_part(decoder, error);
      for (const std::string_view rest : {"A", "AAAA", correct.c_str(), "AA"}) {
        EQUAL(decode_part(decoder, rest), "");
        CHECK(decoder.failed() && !decoder.is_complete());
      }
    }
}

}  // namespace
}  // namespace c10k::base64_test
