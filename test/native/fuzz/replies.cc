// The client's parser of replies: whole and in pieces, against the reply that was made.
#include <algorithm>
#include <string>

#include "files_session.h"
#include "fuzz/mutation.h"
#include "fuzz/target.h"
#include "load/protocol/files/reply.h"

namespace c10k::fuzz {
namespace {

using Result = FileReply::Result;
using Body = ExpectedReply::Body;
using files_session::Format;

constexpr std::size_t kLongestContent = 70'000;

/// A reply and what is expected of it.
struct Reply {
  const Format& format;
  Body body;
  bool is_refused;
  std::string content;  // as it is sent
  std::vector<std::string> names;
  std::string text;
};

std::string text_of_reply(const Reply& reply, const std::string& bytes) {
  if (reply.is_refused) return reply.format.error("no such file");
  if (reply.body == Body::content) return reply.format.content(bytes);
  return reply.body == Body::listing ? reply.format.names(reply.names) : reply.format.ok();
}

Reply make_reply(Choices& choices) {
  const Body bodies[] = {Body::none, Body::content, Body::listing};
  Reply reply{
      choices.of(files_session::kFormats), choices.of(bodies), choices.once_in(5), {}, {}, {}};
  const std::string bytes = test::random_bytes(1 + choices.length(kLongestContent), choices.next());
  reply.content = reply.format.is_raw ? bytes : test::reference_encoding(bytes);
  for (std::size_t left = choices.length(50); left > 0; --left)
    reply.names.push_back("entry-" + std::to_string(reply.names.size()));
  for (std::size_t i = reply.names.size(); i > 1; --i)
    std::swap(reply.names[i - 1], reply.names[choices.below(i)]);
  reply.text = text_of_reply(reply, bytes);
  return reply;
}

ExpectedReply expected_of(const Reply& reply) {
  ExpectedReply expected;
  expected.body = reply.body;
  if (reply.body == Body::content) expected.content = bytes_of(reply.content);
  if (reply.body == Body::listing) expected.listing = Listing::of_entries(reply.names.size());
  return expected;
}

/// The result, and how much was read until it was known.
struct Reading {
  Result result = Result::partial;
  std::size_t read = 0;
};

Reading read(const Reply& reply, Pieces pieces) {
  const auto parse = reply.format.is_raw ? read_raw_reply : read_json_reply;
  const ExpectedReply expected = expected_of(reply);
  FileReply state;
  Reading reading;
  for (std::string_view rest = reply.text; !rest.empty() && reading.result == Result::partial;) {
    const std::string piece(pieces.take(rest));
    reading.result = parse(state, bytes_of(piece), expected);
    reading.read += piece.size();
  }
  return reading;
}

/// Whether a reply in the format `raw` is one line and as many bytes as it says.
bool has_its_length(std::string_view text) {
  const std::size_t end = text.find('\n');
  const std::string_view digits = text.substr(3, end - 3);
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size());
  const std::string length = std::to_string(text.size() - end - 1);
  return digits.substr(first) == (length == "0" ? "" : length);
}

/// What a text must have, changed or not, to be taken for a successful reply.
void check_whole(const Reply& reply, std::string_view text) {
  CHECK(text.find("OK") != text.npos);
  if (reply.format.is_raw) CHECK(has_its_length(text));
  if (!reply.format.is_raw) CHECK(text.ends_with(kEmptyLine));
  if (reply.body == Body::content) CHECK(text.find(reply.content) != text.npos);
  if (reply.body == Body::listing)
    for (const std::string& name : reply.names) CHECK(text.find(name) != text.npos);
}

/// Whether they are the same, or the second was given more in one piece than the reply has.
bool agree(const Reading& first, const Reading& second) {
  if (first.result == second.result)
    return first.result == Result::wrong || first.read == second.read;
  const bool has_end = first.result == Result::whole || first.result == Result::refused;
  return has_end && second.result == Result::wrong && second.read > first.read;
}

/// Whether the client waits for more after the empty line, which ends a reply in JSON.
bool waits_behind_end(const Reply& reply, const Reading& reading) {
  const bool has_end = !reply.format.is_raw && reply.text.find(kEmptyLine) != reply.text.npos;
  return has_end && reading.result == Result::partial;
}

void fuzz_replies(Choices& choices) {
  Reply reply = make_reply(choices);
  const bool is_changed = mutate(reply.text, choices);
  note_input(reply.text);
  const Reading first = read(reply, Pieces(choices));
  const Reading second = read(reply, Pieces(choices));
  CHECK(agree(first, second) || agree(second, first));
  if (!is_changed) CHECK(first.result == (reply.is_refused ? Result::refused : Result::whole));
  CHECK(!waits_behind_end(reply, first));
  for (const Reading& each : {first, second})
    if (each.result == Result::whole) check_whole(reply, {reply.text.data(), each.read});
}

}  // namespace
}  // namespace c10k::fuzz
