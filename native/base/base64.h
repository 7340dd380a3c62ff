// Base64 as in RFC 4648 section 4, with padding; vectorized after Muła and Lemire, "Faster Base64
// Encoding and Decoding Using AVX2 Instructions", 2018 (https://arxiv.org/abs/1704.00605).
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/bytes.h"

namespace c10k {

/// The instructions that the codec uses.
enum class Base64Path { scalar, ssse3, avx2 };

/// Whether this machine has them.
bool can_use(Base64Path path);
/// The fastest that this machine has.
Base64Path best_base64_path();

/// The length of `bytes` bytes in base64.
constexpr std::size_t base64_length(std::size_t bytes) {
  return (bytes + 2) / 3 * 4;
}

/// Writes base64_length(in.size()) characters. A long content is encoded in parts, each but the
/// last a multiple of 3 bytes.
void encode_base64(Bytes in, char* out, Base64Path path = best_base64_path());

/// Decodes a text that arrives in parts of any length. Strict: no white space, no character behind
/// the padding, no bits that no byte needs.
class Base64Decoder {
 public:
  explicit Base64Decoder(Base64Path path = best_base64_path()) : path_(path) {}

  /// The most bytes that `characters` more can give.
  static constexpr std::size_t most_bytes(std::size_t characters) {
    return (characters + 3) / 4 * 3;
  }
  /// Writes the decoded bytes to `out`, which has room for most_bytes(); returns how many. What
  /// follows an error is ignored.
  std::size_t decode(std::string_view text, std::byte* out);
  bool failed() const { return failed_; }
  /// Whether the text can end here.
  bool is_complete() const { return !failed_ && held_ == 0; }

 private:
  std::size_t decode_group(const char* group, std::byte* out);

  Base64Path path_;
  std::array<char, 4> group_{};  // the start of a group of four
  std::size_t held_ = 0;
  bool has_ended_ = false;  // by padding
  bool failed_ = false;
};

}  // namespace c10k
