#include "service/bulk/request.h"

#include "check.h"

namespace c10k::bulk_request_test {
namespace {

using Command = BulkRequest::Command;

BulkLine read(std::string_view text) {
  return read_bulk_line(bytes_of(text));
}

TEST("a command and a length are a request") {
  const BulkRequest get = parse_bulk_request("GET 1");
  CHECK(get.command == Command::get && get.length == 1);
  const BulkRequest put = parse_bulk_request("PUT 1099511627776");
  CHECK(put.command == Command::put && put.length == kBulkMost);
}

TEST("another command is refused") {
  for (const char* line : {"", "GET", "get 1", "HEAD 1", "GET\t1", "GETS 1", " GET 1"})
    EQUAL(parse_bulk_request(line).error, "ERROR unknown command\n");
}

TEST("a length that is not a plain whole number in range is refused") {
  for (const char* line :
       {"GET ", "GET 0", "GET 01", "GET -1", "GET +1", "GET 1e9", "GET 1.5", "GET  1", "GET 1 ",
        "GET 1\r", "GET 1099511627777", "GET 18446744073709551617", "PUT x"}) {
    const BulkRequest request = parse_bulk_request(line);
    CHECK(request.command == Command::refused);
    EQUAL(request.error, "ERROR bad length\n");
  }
}

TEST("a NUL byte is treated like other bytes") {
  EQUAL(parse_bulk_request(std::string_view("GET 1\0", 6)).error, "ERROR bad length\n");
  EQUAL(parse_bulk_request(std::string_view("\0GET 1", 6)).error, "ERROR unknown command\n");
}

TEST("a line ends at its newline, and the rest is not read") {
  const BulkLine line = read("GET 5\nGET 6\n");
  CHECK(line.request.command == Command::get);
  EQUAL(line.request.length, 5U);
  EQUAL(line.bytes, 6U);
}

TEST("a line without its newline is not complete yet") {
  EQUAL(read("").bytes, 0U);
  EQUAL(read("GET 5").bytes, 0U);
  EQUAL(read(std::string(kBulkLine - 1, 'x')).bytes, 0U);
}

TEST("a line of 32 bytes is read, and a longer one is refused") {
  EQUAL(read(std::string(kBulkLine - 1, 'x') + "\n").request.error, "ERROR unknown command\n");
  EQUAL(read(std::string(kBulkLine, 'x') + "\n").request.error, "ERROR line too long\n");
}

}  // namespace
}  // namespace c10k::bulk_request_test
