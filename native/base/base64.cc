#include "base/base64.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace c10k {
namespace {

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNone = 64;

constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNone);
  for (std::uint8_t i = 0; i < 64; ++i) values[static_cast<unsigned char>(kAlphabet[i])] = i;
  return values;
}();

std::uint32_t value_of(char character) {
  return kValues[static_cast<unsigned char>(character)];
}

/// What a kernel has handled; the scalar code continues there.
struct Progress {
  std::size_t read = 0;
  std::size_t written = 0;
};

#if defined(__x86_64__)

// A kernel loads more bytes than it encodes, and stores more than it decodes: the loops end while
// that is within the buffers.

__attribute__((target("ssse3"))) __m128i characters_of(__m128i in) {
  const __m128i spread =
      _mm_shuffle_epi8(in, _mm_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10));
  const __m128i high = _mm_mulhi_epu16(_mm_and_si128(spread, _mm_set1_epi32(0x0fc0fc00)),
                                       _mm_set1_epi32(0x04000040));
  const __m128i low = _mm_mullo_epi16(_mm_and_si128(spread, _mm_set1_epi32(0x003f03f0)),
                                      _mm_set1_epi32(0x01000010));
  const __m128i values = _mm_or_si128(high, low);
  // Each range of values has its distance to the characters: 0 to 25 at 13, 26 to 51 at 0, digits
  // at 1 to 10.
  const __m128i is_upper = _mm_cmpgt_epi8(_mm_set1_epi8(26), values);
  const __m128i range = _mm_or_si128(_mm_subs_epu8(values, _mm_set1_epi8(51)),
                                     _mm_and_si128(is_upper, _mm_set1_epi8(13)));
  const __m128i distances =
      _mm_setr_epi8(71, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -19, -16, 65, 0, 0);
  return _mm_add_epi8(values, _mm_shuffle_epi8(distances, range));
}

__attribute__((target("ssse3"))) Progress encode_ssse3(Bytes in, char* out) {
  Progress done;
  for (; in.size() - done.read >= 16; done.read += 12, done.written += 16) {
    const auto* from = reinterpret_cast<const __m128i*>(in.data() + done.read);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + done.written),
                     characters_of(_mm_loadu_si128(from)));
  }
  return done;
}

__attribute__((target("avx2"))) __m256i characters_of(__m256i in) {
  const __m256i spread =
      _mm256_shuffle_epi8(in, _mm256_broadcastsi128_si256(_mm_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7,
                                                                        6, 8, 7, 10, 9, 11, 10)));
  const __m256i high = _mm256_mulhi_epu16(_mm256_and_si256(spread, _mm256_set1_epi32(0x0fc0fc00)),
                                          _mm256_set1_epi32(0x04000040));
  const __m256i low = _mm256_mullo_epi16(_mm256_and_si256(spread, _mm256_set1_epi32(0x003f03f0)),
                                         _mm256_set1_epi32(0x01000010));
  const __m256i values = _mm256_or_si256(high, low);
  const __m256i is_upper = _mm256_cmpgt_epi8(_mm256_set1_epi8(26), values);
  const __m256i range = _mm256_or_si256(_mm256_subs_epu8(values, _mm256_set1_epi8(51)),
                                        _mm256_and_si256(is_upper, _mm256_set1_epi8(13)));
  const __m256i distances = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(71, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -19, -16, 65, 0, 0));
  return _mm256_add_epi8(values, _mm256_shuffle_epi8(distances, range));
}

__attribute__((target("avx2"))) Progress encode_avx2(Bytes in, char* out) {
  Progress done;
  for (; in.size() - done.read >= 28; done.read += 24, done.written += 32) {
    const std::byte* from = in.data() + done.read;
    const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + 12));
    const __m256i both = _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + done.written), characters_of(both));
  }
  return done;
}

// A character is valid if the classes of its two halves have no bit in common.

__attribute__((target("ssse3"))) Progress decode_ssse3(std::string_view text, std::byte* out) {
  const __m128i low_classes = _mm_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
                                            0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a);
  const __m128i high_classes = _mm_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10,
                                             0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10);
  const __m128i distances = _mm_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0);
  const __m128i slash = _mm_set1_epi8(0x2f);
  Progress done;
  for (; text.size() - done.read >= 24; done.read += 16, done.written += 12) {
    const auto* from = reinterpret_cast<const __m128i*>(text.data() + done.read);
    const __m128i in = _mm_loadu_si128(from);
    const __m128i high = _mm_and_si128(_mm_srli_epi32(in, 4), slash);
    const __m128i conflicts = _mm_and_si128(_mm_shuffle_epi8(low_classes, _mm_and_si128(in, slash)),
                                            _mm_shuffle_epi8(high_classes, high));
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(conflicts, _mm_setzero_si128())) != 0xffff) break;
    const __m128i range = _mm_add_epi8(_mm_cmpeq_epi8(in, slash), high);
    const __m128i values = _mm_add_epi8(in, _mm_shuffle_epi8(distances, range));
    const __m128i pairs = _mm_maddubs_epi16(values, _mm_set1_epi32(0x01400140));
    const __m128i groups = _mm_madd_epi16(pairs, _mm_set1_epi32(0x00011000));
    const __m128i bytes = _mm_shuffle_epi8(
        groups, _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + done.written), bytes);
  }
  return done;
}

__attribute__((target("avx2"))) Progress decode_avx2(std::string_view text, std::byte* out) {
  const __m256i low_classes =
      _mm256_broadcastsi128_si256(_mm_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
                                                0x11, 0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a));
  const __m256i high_classes =
      _mm256_broadcastsi128_si256(_mm_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08,
                                                0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10));
  const __m256i distances = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0));
  const __m256i order = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
  const __m256i slash = _mm256_set1_epi8(0x2f);
  Progress done;
  for (; text.size() - done.read >= 44; done.read += 32, done.written += 24) {
    const auto* from = reinterpret_cast<const __m256i*>(text.data() + done.read);
    const __m256i in = _mm256_loadu_si256(from);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi32(in, 4), slash);
    const __m256i low_class = _mm256_shuffle_epi8(low_classes, _mm256_and_si256(in, slash));
    if (!_mm256_testz_si256(low_class, _mm256_shuffle_epi8(high_classes, high))) break;
    const __m256i range = _mm256_add_epi8(_mm256_cmpeq_epi8(in, slash), high);
    const __m256i values = _mm256_add_epi8(in, _mm256_shuffle_epi8(distances, range));
    const __m256i pairs = _mm256_maddubs_epi16(values, _mm256_set1_epi32(0x01400140));
    const __m256i groups = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000));
    const __m256i bytes = _mm256_permutevar8x32_epi32(_mm256_shuffle_epi8(groups, order),
                                                      _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + done.written), bytes);
  }
  return done;
}

Progress encode_vectors(Base64Path path, Bytes in, char* out) {
  if (path == Base64Path::avx2) return encode_avx2(in, out);
  if (path == Base64Path::ssse3) return encode_ssse3(in, out);
  return {};
}

Progress decode_vectors(Base64Path path, std::string_view text, std::byte* out) {
  if (path == Base64Path::avx2) return decode_avx2(text, out);
  if (path == Base64Path::ssse3) return decode_ssse3(text, out);
  return {};
}

#else

Progress encode_vectors(Base64Path, Bytes, char*) {
  return {};
}

Progress decode_vectors(Base64Path, std::string_view, std::byte*) {
  return {};
}

#endif

/// Up to three bytes, with padding.
void encode_group(Bytes in, char* out) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 3; ++i)
    bits = bits << 8 | (i < in.size() ? std::to_integer<std::uint32_t>(in[i]) : 0);
  for (std::size_t i = 0; i < 4; ++i)
    out[i] = i <= in.size() ? kAlphabet[bits >> (18 - 6 * i) & 63] : '=';
}

void store(std::uint32_t bits, std::size_t bytes, std::byte* out) {
  for (std::size_t i = 0; i < bytes; ++i) out[i] = static_cast<std::byte>(bits >> (16 - 8 * i));
}

/// Whole groups without padding, up to the first that has another character.
Progress decode_groups(std::string_view text, std::byte* out) {
  Progress done;
  for (; text.size() - done.read >= 4; done.read += 4, done.written += 3) {
    const char* group = text.data() + done.read;
    const std::uint32_t values[] = {value_of(group[0]), value_of(group[1]), value_of(group[2]),
                                    value_of(group[3])};
    if (((values[0] | values[1] | values[2] | values[3]) & kNone) != 0) break;
    store(values[0] << 18 | values[1] << 12 | values[2] << 6 | values[3], 3, out + done.written);
  }
  return done;
}

}  // namespace

bool can_use(Base64Path path) {
#if defined(__x86_64__)
  if (path == Base64Path::avx2) return __builtin_cpu_supports("avx2") != 0;
  if (path == Base64Path::ssse3) return __builtin_cpu_supports("ssse3") != 0;
#endif
  return path == Base64Path::scalar;
}

Base64Path best_base64_path() {
  static const Base64Path best = can_use(Base64Path::avx2)    ? Base64Path::avx2
                                 : can_use(Base64Path::ssse3) ? Base64Path::ssse3
                                                              : Base64Path::scalar;
  return best;
}

void encode_base64(Bytes in, char* out, Base64Path path) {
  const Progress vectors = encode_vectors(path, in, out);
  out += vectors.written;
  for (in = in.subspan(vectors.read); !in.empty();
       in = in.subspan(std::min<std::size_t>(3, in.size()))) {
    encode_group(in.first(std::min<std::size_t>(3, in.size())), out);
    out += 4;
  }
}

std::size_t Base64Decoder::decode(std::string_view text, std::byte* out) {
  std::byte* const start = out;
  if (text.empty()) return 0;
  if (held_ > 0) {
    const std::size_t count = std::min(text.size(), group_.size() - held_);
    std::memcpy(group_.data() + held_, text.data(), count);
    held_ += count;
    text.remove_prefix(count);
    if (held_ < group_.size()) return 0;
    held_ = 0;
    out += decode_group(group_.data(), out);
  }
  while (!failed_ && text.size() >= group_.size()) {
    const Progress vectors = has_ended_ ? Progress{} : decode_vectors(path_, text, out);
    text.remove_prefix(vectors.read);
    out += vectors.written;
    const Progress groups = has_ended_ ? Progress{} : decode_groups(text, out);
    text.remove_prefix(groups.read);
    out += groups.written;
    if (text.size() < group_.size()) break;
    out += decode_group(text.data(), out);
    text.remove_prefix(group_.size());
  }
  if (!failed_ && !text.empty()) {
    std::memcpy(group_.data(), text.data(), text.size());
    held_ = text.size();
    failed_ = has_ended_;
  }
  return static_cast<std::size_t>(out - start);
}

/// Any four characters: with padding, or wrong.
std::size_t Base64Decoder::decode_group(const char* group, std::byte* out) {
  const std::size_t padding = group[3] != '=' ? 0 : group[2] != '=' ? 1 : 2;
  std::uint32_t bits = 0;
  bool is_valid = !has_ended_;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint32_t value = i < 4 - padding ? value_of(group[i]) : 0;
    is_valid = is_valid && value != kNone;
    bits = bits << 6 | (value & 63);
  }
  const std::size_t bytes = 3 - padding;
  const std::uint32_t leftover = padding == 0 ? 0 : bits & ((1u << (8 * padding)) - 1);
  if (!is_valid || leftover != 0) {
    failed_ = true;
    return 0;
  }
  has_ended_ = padding > 0;
  store(bits, bytes, out);
  return bytes;
}

}  // namespace c10k
