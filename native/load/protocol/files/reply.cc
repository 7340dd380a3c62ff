#include "load/protocol/files/reply.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace c10k {
namespace {

using Body = ExpectedReply::Body;
using Result = FileReply::Result;
using Stage = FileReply::Stage;

constexpr std::string_view kSuccess = "OK ";
/// More than any reply has.
constexpr std::uint64_t kMostLength = std::uint64_t{1} << 56;
constexpr std::string_view kStatus = R"({"status":"OK")";
constexpr std::string_view kContent = R"({"status":"OK","data":")";
constexpr std::string_view kListing = R"({"status":"OK","data":[)";
/// Where a refusal has the E of ERROR.
constexpr std::uint32_t kOutcome = 11;

/// Removes the first `count` bytes.
Bytes take(Bytes& bytes, std::uint64_t count) {
  const Bytes taken = bytes.first(std::min<std::uint64_t>(count, bytes.size()));
  bytes = bytes.subspan(taken.size());
  return taken;
}

char take_character(Bytes& bytes) {
  return static_cast<char>(take(bytes, 1).front());
}

/// Whether `some` are those of the content from the reply's position on, which then moves.
bool is_content(FileReply& reply, Bytes some, Bytes content) {
  if (some.size() > content.size() - reply.position) return false;
  const bool is_same =
      some.empty() || std::memcmp(some.data(), content.data() + reply.position, some.size()) == 0;
  reply.position += some.size();
  return is_same;
}

/// A line `OK n` or `ERROR why`. False if it is neither.
bool read_status(FileReply& reply, Bytes& bytes) {
  while (!bytes.empty() && reply.stage == Stage::head) {
    const char character = take_character(bytes);
    const std::uint32_t at = reply.head++;
    if (at == 0) reply.is_refused = character == 'E';
    if (character == '\n') {
      reply.stage = Stage::body;
      return reply.is_refused || at > kSuccess.size();
    }
    if (reply.is_refused) continue;
    const bool is_digit = character >= '0' && character <= '9';
    if (at < kSuccess.size() ? character != kSuccess[at] : !is_digit || reply.length > kMostLength)
      return false;
    if (at >= kSuccess.size())
      reply.length = reply.length * 10 + static_cast<std::uint64_t>(character - '0');
  }
  return true;
}

bool read_raw_body(FileReply& reply, Bytes some, const ExpectedReply& expected) {
  if (expected.body == Body::content) return is_content(reply, some, expected.content);
  reply.position += some.size();
  if (expected.body != Body::listing) return true;
  for (const std::byte each : some) {
    if (each == std::byte{'\n'})
      reply.listing.end_name();
    else
      reply.listing.add(static_cast<char>(each));
  }
  return true;
}

bool is_space(char character) {
  return character == ' ' || character == '\t' || character == '\r' || character == '\n';
}

std::string_view head_of(const ExpectedReply& expected) {
  switch (expected.body) {
    case Body::content:
      return kContent;
    case Body::listing:
      return kListing;
    case Body::none:
      return kStatus;
  }
  return kStatus;
}

/// Whether what follows is within a string.
bool is_in_string(std::string_view text) {
  return std::ranges::count(text, '"') % 2 == 1;
}

/// Whether the empty line that ends a reply is complete with this character.
bool completes_empty_line(FileReply& reply, char character) {
  const bool continues = character == kEmptyLine[reply.ended];
  reply.ended = continues ? reply.ended + 1 : character == kEmptyLine.front() ? 1 : 0;
  return reply.ended == kEmptyLine.size();
}

/// The text up to the value. False if it differs, or the reply ends in it.
bool read_json_head(FileReply& reply, Bytes& bytes, const ExpectedReply& expected) {
  const std::string_view head = head_of(expected);
  while (!bytes.empty() && reply.stage == Stage::head) {
    const char character = take_character(bytes);
    if (completes_empty_line(reply, character)) return false;
    if (is_space(character) && !is_in_string(head.substr(0, reply.head))) continue;
    if (reply.head == kOutcome && character == 'E') {
      reply.is_refused = true;
      reply.stage = Stage::rest;
    } else if (character != head[reply.head]) {
      return false;
    } else if (++reply.head == head.size()) {
      reply.stage = expected.body == Body::none ? Stage::rest : Stage::body;
    }
  }
  return true;
}

/// The content, and the quotation mark that ends it.
bool read_json_content(FileReply& reply, Bytes& bytes, Bytes content) {
  const Bytes some = take(bytes, content.size() - reply.position);
  if (!is_content(reply, some, content)) return false;
  if (bytes.empty()) return true;
  reply.stage = Stage::rest;
  return take_character(bytes) == '"';
}

/// The names, up to the bracket that ends them. False if they are malformed, or the reply ends in
/// them.
bool read_json_listing(FileReply& reply, Bytes& bytes) {
  while (!bytes.empty() && reply.stage == Stage::body) {
    const char character = take_character(bytes);
    ++reply.position;
    if (completes_empty_line(reply, character)) return false;
    if (!reply.is_in_name) {
      if (character == ']')
        reply.stage = Stage::rest;
      else if (character == '"')
        reply.is_in_name = true;
      else if (character != ',' && !is_space(character))
        return false;
    } else if (character == '\\' && !reply.is_escaped) {
      reply.is_escaped = true;
    } else if (character == '"' && !reply.is_escaped) {
      reply.is_in_name = false;
      reply.listing.end_name();
    } else {
      // Other escapes stand for characters that no expected name has.
      const bool is_itself = character == '"' || character == '\\' || character == '/';
      if (std::exchange(reply.is_escaped, false) && !is_itself) return false;
      reply.listing.add(character);
    }
  }
  return true;
}

/// What follows the value, up to the empty line.
void read_rest(FileReply& reply, Bytes& bytes) {
  while (!bytes.empty() && !completes_empty_line(reply, take_character(bytes))) {
  }
}

/// Counts the bytes. False if they are more than the reply can have.
bool receive(FileReply& reply, Bytes bytes, const ExpectedReply& expected) {
  reply.received += bytes.size();
  return reply.received <= expected.content.size() + kMostBesideContent;
}

Result end_of(const FileReply& reply, Bytes unread, const ExpectedReply& expected) {
  if (!unread.empty()) return Result::wrong;
  if (reply.is_refused) return Result::refused;
  if (expected.body == Body::content && reply.position < expected.content.size())
    return Result::wrong;
  const bool is_checked = expected.body == Body::listing && expected.listing.has_value();
  return is_checked && reply.listing != *expected.listing ? Result::wrong : Result::whole;
}

}  // namespace

Result read_raw_reply(FileReply& reply, Bytes bytes, const ExpectedReply& expected) {
  if (!receive(reply, bytes, expected) || !read_status(reply, bytes)) return Result::wrong;
  if (reply.stage == Stage::head) return Result::partial;
  if (!read_raw_body(reply, take(bytes, reply.length - reply.position), expected))
    return Result::wrong;
  if (reply.position < reply.length) return Result::partial;
  return end_of(reply, bytes, expected);
}

Result read_json_reply(FileReply& reply, Bytes bytes, const ExpectedReply& expected) {
  if (!receive(reply, bytes, expected) || !read_json_head(reply, bytes, expected))
    return Result::wrong;
  if (reply.stage == Stage::body) {
    const bool is_right = expected.body == Body::content
                              ? read_json_content(reply, bytes, expected.content)
                              : read_json_listing(reply, bytes);
    if (!is_right) return Result::wrong;
  }
  if (reply.stage == Stage::rest) read_rest(reply, bytes);
  return reply.ended < kEmptyLine.size() ? Result::partial : end_of(reply, bytes, expected);
}

}  // namespace c10k
