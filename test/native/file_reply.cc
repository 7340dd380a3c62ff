#include "check.h"
#include "load/protocol/files/reply.h"

namespace c10k::file_reply_test {
namespace {

using Body = ExpectedReply::Body;
using Result = FileReply::Result;
using Read = Result (*)(FileReply&, Bytes, const ExpectedReply&);

constexpr std::string_view kEntries[] = {"entry-0", "entry-1", "entry-2"};

ExpectedReply none() {
  return {};
}
ExpectedReply content(std::string_view text) {
  ExpectedReply expected;
  expected.body = Body::content;
  expected.content = bytes_of(text);
  return expected;
}
ExpectedReply any_listing() {
  ExpectedReply expected;
  expected.body = Body::listing;
  return expected;
}

ExpectedReply listing() {
  ExpectedReply expected;
  expected.body = Body::listing;
  expected.listing = Listing::of_entries(std::size(kEntries));
  return expected;
}

Result read_whole(Read read, std::string_view text, const ExpectedReply& expected) {
  FileReply reply;
  return read(reply, bytes_of(text), expected);
}

struct Case {
  Read read;
  std::string_view text;
  ExpectedReply expected;
  Result result;
};

void equal_at_any_split(const Case& each) {
  for (std::size_t split = 1; split < each.text.size(); ++split) {
    FileReply reply;
    const Result first = each.read(reply, bytes_of(each.text.substr(0, split)), each.expected);
    const Result found = first != Result::partial
                             ? first
                             : each.read(reply, bytes_of(each.text.substr(split)), each.expected);
    // What follows the end is seen only if it arrives with it.
    const bool is_early = first == Result::whole || first == Result::refused;
    if (!is_early) EQUAL(found, each.result);
  }
}

std::vector<Case> cases() {
  return {
      {read_raw_reply, "OK 0\n", none(), Result::whole},
      {read_raw_reply, "OK 3\nabc", none(), Result::whole},
      {read_raw_reply, "OK 5\na\0b\nc", content({"a\0b\nc", 5}), Result::partial},
      {read_raw_reply, {"OK 5\na\0b\nc", 10}, content({"a\0b\nc", 5}), Result::whole},
      {read_raw_reply, "OK 5\nabcde", content("abcdX"), Result::wrong},
      {read_raw_reply, "OK 4\nabcd", content("abcde"), Result::wrong},
      {read_raw_reply, "OK 6\nabcdef", content("abcde"), Result::wrong},
      {read_raw_reply, "OK 0\nx", none(), Result::wrong},
      {read_raw_reply, "OK \n", none(), Result::wrong},
      {read_raw_reply, "OK 1x\n", none(), Result::wrong},
      {read_raw_reply, "OX 0\n", none(), Result::wrong},
      {read_raw_reply, "OK 111111111111111111111111111111111\n", none(), Result::wrong},
      {read_raw_reply, "OK 18446744073709551619\nabc", none(), Result::wrong},
      {read_raw_reply, "OK 0003\nabc", none(), Result::whole},
      {read_raw_reply, "ERROR no such file\n", content("abc"), Result::refused},
      {read_raw_reply, "ERROR x\ny", content("abc"), Result::wrong},
      {read_raw_reply, "OK 24\nentry-2\nentry-0\nentry-1\n", listing(), Result::whole},
      {read_raw_reply, "OK 24\nentry-2\nentry-0\nentry-0\n", listing(), Result::wrong},
      {read_raw_reply, "OK 4\nx\ny\n", any_listing(), Result::whole},
      {read_raw_reply, "OK 0\n", any_listing(), Result::whole},
      {read_json_reply, "{\"status\":\"OK\",\"data\":[\"x\"]}\r\n\r\n", any_listing(),
       Result::whole},
      {read_raw_reply, "OK 16\nentry-2\nentry-0\n", listing(), Result::wrong},
      {read_json_reply, "{\"status\":\"OK\",\"data\":null}\r\n\r\n", none(), Result::whole},
      {read_json_reply, "{\"status\":\"OK\"}\r\n\r\n", none(), Result::whole},
      {read_json_reply, "{\"status\":\"ERROR\",\"data\":\"no\"}\r\n\r\n", none(), Result::refused},
      {read_json_reply, "{\"state\":\"OK\"}\r\n\r\n", none(), Result::wrong},
      {read_json_reply, "{\"status\":\"OK\"}\r\n\r\nx", none(), Result::wrong},
      {read_json_reply, "{\"status\":\"OK\",\"data\":\"YWJj\"}\r\n\r\n", content("YWJj"),
       Result::whole},
      {read_json_reply, "{ \"status\": \"OK\", \"data\": \"YWJj\", \"more\": [] }\r\n\r\n",
       content("YWJj"), Result::whole},
      {read_json_reply, "{\"status\":\"OK\",\"data\":\"YWJ\"}\r\n\r\n", content("YWJj"),
       Result::wrong},
      {read_json_reply, "{\"status\":\"OK\",\"data\":\"YWJjZA==\"}\r\n\r\n", content("YWJj"),
       Result::wrong},
      {read_json_reply, "{\"status\":\"OK\",\"data\":\"ywjj\"}\r\n\r\n", content("YWJj"),
       Result::wrong},
      {read_json_reply,
       "{\"status\":\"OK\",\"data\":[\"entry-1\",\"entry-2\",\"entry-0\"]}\r\n\r\n", listing(),
       Result::whole},
      {read_json_reply,
       "{\"status\": \"OK\", \"data\": [\"entry-1\", \"entry\\-2\", \"entry-0\"]}\r\n\r\n",
       listing(), Result::wrong},
      {read_json_reply,
       "{\"status\": \"OK\", \"data\": [\"entry-1\",\t\"entry-2\" , \"entry-0\" ]\n}\r\n\r\n",
       listing(), Result::whole},
      {read_json_reply, "{\"status\":\"O K\",\"data\":null}\r\n\r\n", none(), Result::wrong},
      {read_json_reply, "{\"sta tus\":\"OK\",\"data\":null}\r\n\r\n", none(), Result::wrong},
      {read_json_reply, "{\"status\":\"OK\",\"data\":[\"entry-1\",\"entry-2\"]}\r\n\r\n", listing(),
       Result::wrong},
      {read_json_reply, "{\"status\":\"OK\",\"data\":[entry-1]}\r\n\r\n", listing(), Result::wrong},
  };
}

/// All of them end with the empty line: none is a part of a reply.
std::vector<Case> cut_cases() {
  return {
      {read_json_reply, "\r\n\r\n", none(), Result::wrong},
      {read_json_reply, "{\r\n\r\n", none(), Result::wrong},
      {read_json_reply, "{ \r\r\n\r\n", none(), Result::wrong},
      {read_json_reply, "{\"status\r\n\r\n", none(), Result::wrong},
      {read_json_reply, "{\"status\":\r\n\r\n", none(), Result::wrong},
      {read_json_reply, "{\"status\":\"OK\",\"data\":\r\n\r\n", content("YWJj"), Result::wrong},
      {read_json_reply, "{\"status\":\"OK\",\"data\":\"YW\r\n\r\n", content("YWJj"), Result::wrong},
      {read_json_reply, "{\"status\":\"OK\",\"data\":[\r\n\r\n", listing(), Result::wrong},
      {read_json_reply, "{\"status\":\"OK\",\"data\":[\"entry-1\"\r\n\r\n", listing(),
       Result::wrong},
      {read_json_reply, "{\"status\":\"OK\",\"data\":[\"entry-1\",\r\r\n\r\n", any_listing(),
       Result::wrong},
      {read_json_reply, "{\"status\":\"OK\",\"data\":[\"entry\r\n\r\n", any_listing(),
       Result::wrong},
      {read_json_reply, "{\"status\":\"OK\",\"data\":[\"entry\\\r\n\r\n", any_listing(),
       Result::wrong},
      {read_json_reply, "{\"status\":\"ERROR\",\"data\":\"no\r\n\r\n", none(), Result::refused},
  };
}

TEST("replies are whole, refused or wrong") {
  for (const Case& each : cases())
    EQUAL(read_whole(each.read, each.text, each.expected), each.result);
}

TEST("a reply in JSON that ends in its head, its content or its listing is wrong") {
  for (const Case& each : cut_cases()) {
    EQUAL(read_whole(each.read, each.text, each.expected), each.result);
    equal_at_any_split(each);
  }
}

TEST("the characters of the empty line are white space if others separate them") {
  const std::string_view text =
      "\r\n{\r\n \r\n\"status\":\r\n\r\"OK\"\n,\r\n\"data\":[\r\n\r]}\r\n\r\n";
  const Case each{read_json_reply, text, any_listing(), Result::whole};
  EQUAL(read_whole(each.read, each.text, each.expected), each.result);
  equal_at_any_split(each);
}

TEST("a listing in which other entries are repeated is wrong") {
  ExpectedReply expected = listing();
  expected.listing = Listing::of_entries(4);
  // The last characters of the repeated names have the same sum as those of the missing ones.
  const std::string_view text = "OK 32\nentry-1\nentry-1\nentry-2\nentry-2\n";
  EQUAL(read_whole(read_raw_reply, text, expected), Result::wrong);
}

TEST("an endless reply is wrong") {
  const std::string part(1 << 20, 'A');
  for (const auto& [read, beginning] : std::initializer_list<std::pair<Read, std::string_view>>{
           {read_json_reply, R"({"status":"OK","data":"abc")"},
           {read_json_reply, R"({"status":"ERROR","data":")"},
           {read_raw_reply, "ERROR "},
           {read_raw_reply, "OK 70000000\n"}}) {
    FileReply reply;
    EQUAL(read(reply, bytes_of(beginning), none()), Result::partial);
    std::uint64_t sent = beginning.size();
    while (read(reply, bytes_of(part), none()) == Result::partial) sent += part.size();
    CHECK(sent <= kMostBesideContent);
    CHECK(sent + part.size() > kMostBesideContent);
  }
}

TEST("content counts apart from the rest of a reply") {
  const std::string large(kMostBesideContent + 1, 'A');
  FileReply reply;
  EQUAL(read_json_reply(reply, bytes_of(R"({"status":"OK","data":")"), content(large)),
        Result::partial);
  EQUAL(read_json_reply(reply, bytes_of(large), content(large)), Result::partial);
  EQUAL(read_json_reply(reply, bytes_of("\"}\r\n\r\n"), content(large)), Result::whole);
}

TEST("a reply has the same result if it is split at any byte") {
  for (const Case& each : cases()) equal_at_any_split(each);
}

}  // namespace
}  // namespace c10k::file_reply_test
