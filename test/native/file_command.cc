#include "service/files/command.h"

#include <cerrno>

#include "check.h"
#include "service/files/wire.h"

namespace c10k::file_command_test {
namespace {

using Kind = FileCommand::Kind;

std::string error_of(const FileCommand& command) {
  return command.error == nullptr ? "" : command.error;
}

/// A head as a text: what was understood, and the bytes before what follows.
std::string described(const Wire::Head& head) {
  if (head.bytes == 0) return "incomplete";
  const char* const kinds[] = {"list", "get", "upload", "remove", "unknown"};
  const FileCommand& command = head.command;
  std::string text = kinds[static_cast<int>(command.kind)];
  if (!command.name.empty()) text += " name=" + command.name;
  if (command.length > 0) text += " length=" + std::to_string(command.length);
  if (command.error != nullptr) text += std::string(" error=") + command.error;
  if (command.is_last) text += " last";
  return text + " bytes=" + std::to_string(head.bytes);
}

std::string raw(std::string_view unread) {
  return described(make_raw_wire()->read_head(bytes_of(unread)));
}
std::string base64(std::string_view unread) {
  return described(make_base64_wire()->read_head(bytes_of(unread)));
}

/// Every shorter beginning is incomplete; what follows changes nothing.
template <typename Read>
void check_head(int line, Read read, const std::string& head, const std::string& wanted) {
  for (std::size_t length = 0; length < head.size(); ++length)
    test::equal(line, read(std::string_view(head).substr(0, length)), "incomplete");
  const std::string whole = wanted + " bytes=" + std::to_string(head.size());
  for (const char* behind : {"", "L", "LIST\n", "LIST\r\n\r\n", " \r\n\r\n", "\r\n\r\n", "\n"})
    test::equal(line, read(head + behind), whole);
}
#define RAW(...) check_head(__LINE__, raw, __VA_ARGS__)
#define BASE64(...) check_head(__LINE__, base64, __VA_ARGS__)

TEST("a verb is known in any case") {
  const std::pair<std::string, Kind> verbs[] = {
      {"list", Kind::list}, {"get", Kind::get}, {"upload", Kind::upload}, {"delete", Kind::remove}};
  for (const auto& [verb, kind] : verbs)
    for (unsigned upper = 0; upper < 1u << verb.size(); ++upper) {
      std::string mixed = verb;
      for (std::size_t i = 0; i < mixed.size(); ++i)
        if ((upper >> i & 1) != 0) mixed[i] = static_cast<char>(mixed[i] - 'a' + 'A');
      EQUAL(file_command_kind(mixed), kind);
    }
}

TEST("another verb is unknown") {
  for (const std::string_view verb :
       {"", "LIS", "LISTS", "PUT", "REMOVE", " GET", "GET ", "G3T", "G\xc5T", "'ET", "get\r",
        "\xe7"
        "et"}) {
    EQUAL(file_command_kind(verb), Kind::unknown);
  }
  EQUAL(file_command_kind(std::string_view("GET\0", 4)), Kind::unknown);
  // These differ from letters by the bit that case differs by.
  EQUAL(file_command_kind(std::string_view("L\tST", 4)), Kind::unknown);
}

TEST("LIST stands alone; GET and DELETE take the rest of the line as a name") {
  const FileCommand list = parse_file_command("List");
  CHECK(list.kind == Kind::list && list.error == nullptr && !list.is_last);
  for (const auto& [verb, kind] :
       {std::pair("gEt ", Kind::get), std::pair("dElEtE ", Kind::remove)})
    for (const std::string name : {"a", "A b  c ", " a", "GET", "\xc3\xbc"}) {
      const FileCommand command = parse_file_command(verb + name);
      CHECK(command.kind == kind && command.error == nullptr && !command.is_last);
      EQUAL(command.name, name);
    }
}

TEST("a wrong command has an error, and the next command can be read") {
  const std::pair<std::string, std::string> cases[] = {
      {"", "unknown command"},
      {" ", "unknown command"},
      {"PUT a", "unknown command"},
      {" LIST", "unknown command"},
      {"LIST\t", "unknown command"},
      {"LIST ", "LIST takes no name"},
      {"LIST a", "LIST takes no name"},
      {"GET", "no name"},
      {"GET ", "no name"},
      {"DELETE", "no name"},
      {"DELETE ", "no name"},
      {"GET .x", "bad name"},
      {"GET ..", "bad name"},
      {"DELETE a/b", "bad name"},
      {"DELETE /", "bad name"},
      {"GET a\r", "bad name"},
      {std::string("GET a\0b", 7), "bad name"},
      {"GET \xff", "bad name"},
      {"GET " + std::string(256, 'x'), "bad name"},
  };
  for (const auto& [line, error] : cases) {
    const FileCommand command = parse_file_command(line);
    EQUAL(error_of(command), error);
    CHECK(!command.is_last && command.name.empty());
  }
  EQUAL(error_of(parse_file_command("GET " + std::string(255, 'x'))), "");
}

TEST("of UPLOAD only the verb is read, because its form depends on the wire format") {
  for (const char* line : {"UPLOAD", "upload a", "Upload a/b 5"}) {
    const FileCommand command = parse_file_command(line);
    CHECK(command.kind == Kind::upload && command.error == nullptr && command.name.empty());
  }
  EQUAL(upload_command("a b").name, "a b");
  EQUAL(error_of(upload_command("a b")), "");
  EQUAL(error_of(upload_command("")), "no name");
  for (const char* name : {".x", "a/b", "\n"}) EQUAL(error_of(upload_command(name)), "bad name");
  EQUAL(upload_command("a/b").kind, Kind::upload);
}

TEST("every error of a call on a file has a text") {
  const std::pair<int, std::string_view> errors[] = {
      {EINVAL, "bad name"},
      {ENAMETOOLONG, "bad name"},
      {ENOENT, "no such file"},
      {ENOSPC, "no space left"},
      {EDQUOT, "no space left"},
      {EACCES, "not permitted"},
      {EPERM, "not permitted"},
      {EROFS, "not permitted"},
      {EMFILE, "too many open files"},
      {ENFILE, "too many open files"},
      {EIO, "input/output error"},
      {EFBIG, "input/output error"},
  };
  for (const auto& [error, text] : errors) EQUAL(std::string_view(storage_error(error)), text);
}

TEST("raw: a line is a command, and the rest is not read") {
  RAW("LIST\n", "list");
  RAW("get a b\n", "get name=a b");
  RAW("Delete a\n", "remove name=a");
  RAW("DELETE a \n", "remove name=a ");
  RAW("HELLO\n", "unknown error=unknown command");
  RAW("LIST\r\n", "unknown error=unknown command");
  RAW("\n", "unknown error=unknown command");
  RAW("LIST a\n", "list error=LIST takes no name");
  RAW("GET\n", "get error=no name");
  RAW("GET a\r\n", "get error=bad name");
}

TEST("raw: UPLOAD has a name, which may have spaces, and a length") {
  RAW("UPLOAD a 5\n", "upload name=a length=5");
  RAW("upload a 0\n", "upload name=a");
  RAW("UPLOAD a b  c 12\n", "upload name=a b  c length=12");
  RAW("UPLOAD  a 5\n", "upload name= a length=5");
  RAW("UPLOAD a  5\n", "upload name=a  length=5");
  RAW("UPLOAD 5 5\n", "upload name=5 length=5");
  RAW("UPLOAD a 4611686018427387904\n", "upload name=a length=4611686018427387904");
}

TEST("raw: an upload to a bad name keeps its length, because its content follows") {
  RAW("UPLOAD  5\n", "upload length=5 error=no name");
  RAW("UPLOAD .x 5\n", "upload length=5 error=bad name");
  RAW("UPLOAD a/b 5\n", "upload length=5 error=bad name");
  RAW("UPLOAD " + std::string(256, 'x') + " 5\n", "upload length=5 error=bad name");
}

TEST("raw: an upload without a correct length is the last command") {
  RAW("UPLOAD\n", "upload error=no length last");
  RAW("UPLOAD \n", "upload error=no length last");
  RAW("UPLOAD 5\n", "upload error=no length last");
  for (const char* length : {"", "x", "-1", "+1", "5x", "1e3", "0x5", "5\r", "\t5", "1.5",
                             "4611686018427387905", "18446744073709551616"})
    RAW("UPLOAD a " + std::string(length) + '\n', "upload error=bad length last");
  RAW("UPLOAD a 5 \n", "upload error=bad length last");
}

TEST("raw: a line has room for the longest name and length, and a longer one is the last command") {
  const std::string name(255, 'x');
  RAW("GET " + name + "\n", "get name=" + name);
  RAW("DELETE " + name + "\n", "remove name=" + name);
  RAW("UPLOAD " + name + " 4611686018427387904\n",
      "upload name=" + name + " length=4611686018427387904");
  RAW("UPLOAD " + name + " 00000000000000000005\n", "upload name=" + name + " length=5");
  RAW("UPLOAD " + name + " " + std::string(20, '9') + "\n", "upload error=bad length last");
  const std::string longest = "GET " + std::string(279, 'x');
  EQUAL(raw(longest), "incomplete");
  EQUAL(raw(longest + "\n"), "get error=bad name bytes=284");
  for (const char* behind : {"x", "x\n", "xxxxxxxxxxxxxxxxxxxxxxxxx\nLIST\n"})
    EQUAL(raw(longest + behind), "unknown error=line too long last bytes=284");
}

TEST("base64: a command ends with an empty line, and the rest is not read") {
  BASE64("LIST\r\n\r\n", "list");
  BASE64("get a b\r\n\r\n", "get name=a b");
  BASE64("Delete a\r\n\r\n", "remove name=a");
  BASE64("HELLO\r\n\r\n", "unknown error=unknown command");
  BASE64("\r\n\r\n", "unknown error=unknown command");
  BASE64("LIST \r\n\r\n", "list error=LIST takes no name");
  BASE64("GET\r\n\r\n", "get error=no name");
  BASE64("DELETE \r\n\r\n", "remove error=no name");
  BASE64("GET .x\r\n\r\n", "get error=bad name");
  BASE64("GET a\n\n\r\n\r\n", "get error=bad name");
  BASE64("GET a\r\nGET b\r\n\r\n", "get error=bad name");
}

TEST("base64: the head of UPLOAD ends at the space behind the name") {
  const auto check = [](const std::string& head, const std::string& wanted) {
    for (std::size_t length = 0; length < head.size(); ++length)
      EQUAL(base64(std::string_view(head).substr(0, length)), "incomplete");
    for (const char* behind : {"", "QUJD", "QUJD\r\n\r\n", "\r\n\r\n", " x", "a b\r\n\r\n"})
      EQUAL(base64(head + behind), wanted + " bytes=" + std::to_string(head.size()));
  };
  check("UPLOAD a ", "upload name=a");
  check("uPlOaD \xc3\xbc ", "upload name=\xc3\xbc");
  check("UPLOAD  ", "upload error=no name");
  check("UPLOAD .x ", "upload error=bad name");
  check("UPLOAD a/b ", "upload error=bad name");
  check("UPLOAD a\r\nb ", "upload error=bad name");
  check("UPLOAD " + std::string(255, 'x') + " ", "upload name=" + std::string(255, 'x'));
  check("UPLOAD " + std::string(256, 'x') + " ", "upload error=bad name");
}

TEST("base64: UPLOAD without a content is refused as a whole") {
  BASE64("UPLOAD\r\n\r\n", "unknown error=no name");
  BASE64("UPLOAD a\r\n\r\n", "unknown error=no content");
  BASE64("UPLOAD .x\r\n\r\n", "unknown error=no content");
}

TEST("base64: UPLOAD whose empty line comes before a space has no content") {
  EQUAL(base64("UPLOAD\r\n\r\nGET a\r\n\r\n"), "unknown error=no name bytes=10");
  EQUAL(base64("UPLOAD a\r\n\r\nGET a\r\n\r\n"), "unknown error=no content bytes=12");
}

TEST("base64: a command has room for the longest name, and a longer one is the last command") {
  const std::string name(255, 'x');
  BASE64("GET " + name + "\r\n\r\n", "get name=" + name);
  BASE64("DELETE " + name + "\r\n\r\n", "remove name=" + name);
  BASE64("GET " + std::string(259, 'x') + "\r\n\r\n", "get error=bad name");
  for (const std::string start : {"GET ", "UPLOAD ", "HELLO"}) {
    const std::string longest = start + std::string(266 - start.size(), 'x');
    EQUAL(base64(longest), "incomplete");
    for (const char* behind : {"x", "\r", "\r\n\r\n", "xx\r\n\r\nLIST\r\n\r\n"})
      EQUAL(base64(longest + behind), "unknown error=command too long last bytes=267");
  }
}

}  // namespace
}  // namespace c10k::file_command_test
