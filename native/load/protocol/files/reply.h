// Replies of a file server, read as they arrive, in both wire formats.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "load/protocol/files/listing.h"

namespace c10k {

/// Ends commands and replies in the format `base64`.
inline constexpr std::string_view kEmptyLine = "\r\n\r\n";

/// What is expected of a successful reply.
struct ExpectedReply {
  enum class Body { none, content, listing };

  Body body = Body::none;
  /// The content as it is sent, encoded if the format encodes it.
  Bytes content;
  /// Absent: any listing is right.
  std::optional<Listing> listing;
};

/// What a connection has received of a reply.
struct FileReply {
  enum class Stage : std::uint8_t { head, body, rest };
  enum class Result : std::uint8_t { partial, whole, refused, wrong };

  Stage stage = Stage::head;
  bool is_refused = false;
  bool is_in_name = false;
  bool is_escaped = false;
  /// Bytes of the reply.
  std::uint64_t received = 0;
  /// Characters of the empty line that ends a reply in JSON.
  std::uint8_t ended = 0;
  /// Characters of the head.
  std::uint32_t head = 0;
  /// raw: the length of the body, as announced.
  std::uint64_t length = 0;
  /// Bytes of the body.
  std::uint64_t position = 0;
  Listing listing;
};

/// The most bytes of a reply besides content: more than any listing has. An endless reply is wrong.
inline constexpr std::uint64_t kMostBesideContent = std::uint64_t{64} << 20;

/// Bytes behind the end of a reply are wrong.
FileReply::Result read_raw_reply(FileReply& reply, Bytes bytes, const ExpectedReply& expected);
/// White space between the parts of the JSON text is allowed, and further members behind `data`.
FileReply::Result read_json_reply(FileReply& reply, Bytes bytes, const ExpectedReply& expected);

}  // namespace c10k
