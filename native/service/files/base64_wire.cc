// The wire format `base64`. A command ends with an empty line, and UPLOAD name is followed by a
// space and the content in base64 before it. A reply is JSON, ended by an empty line too.
#include <algorithm>
#include <cstring>

#include "base/base64.h"
#include "service/files/wire.h"

namespace c10k {
namespace {

constexpr std::string_view kEnd = "\r\n\r\n";
/// The longest command without a content.
constexpr std::size_t kLongestHead = 7 + kLongestName + 1 + kEnd.size();

/// Characters of base64 that are decoded or encoded at once, and their bytes.
constexpr std::size_t kCharacters = 64 * 1024;
constexpr std::size_t kBytes = kCharacters / 4 * 3;

constexpr std::string_view kDataStart = R"({"status":"OK","data":")";
constexpr std::string_view kDataEnd = "\"}\r\n\r\n";

/// Control characters do not occur in names.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char each : text) {
    if (each == '"' || each == '\\') result += '\\';
    result += each;
  }
  return result += '"';
}

class Base64Wire final : public Wire {
 public:
  Head read_head(Bytes unread) const override {
    const std::string_view text = text_of(unread.first(std::min(unread.size(), kLongestHead)));
    const std::size_t end = text.find(kEnd);
    const std::string_view line = text.substr(0, end);
    const std::size_t verb = line.find(' ');
    if (verb != line.npos && file_command_kind(line.substr(0, verb)) == FileCommand::Kind::upload) {
      const std::size_t name = line.find(' ', verb + 1);
      if (name != line.npos)
        return {upload_command(line.substr(verb + 1, name - verb - 1)), name + 1};
    }
    if (end != text.npos) return {without_content(line), end + kEnd.size()};
    if (text.size() < kLongestHead) return {};
    return {lost_command(FileCommand::Kind::unknown, "command too long"), text.size()};
  }

  void begin_content(const FileCommand&) override {
    decoder_ = Base64Decoder();
    ended_ = 0;
    is_wrong_ = false;
    bytes_ = std::make_unique_for_overwrite<std::byte[]>(kBytes);
  }

  Content read_content(Bytes unread) override {
    const std::string_view text = text_of(unread);
    Content content;
    while (content.read < text.size() && ended_ < kEnd.size()) {
      if (ended_ > 0) {
        read_end(text[content.read], content);
        continue;
      }
      const std::string_view rest = text.substr(content.read);
      const std::string_view characters = rest.substr(0, rest.find('\r'));
      if (characters.empty()) {
        ++ended_;
        ++content.read;
        continue;
      }
      // The decoder's bytes must leave before more are decoded.
      if (!content.bytes.empty()) break;
      content.bytes = decode(characters.substr(0, kCharacters));
      content.read += std::min(characters.size(), kCharacters);
    }
    content.is_whole = ended_ == kEnd.size();
    if (is_wrong_ || decoder_.failed() || (content.is_whole && !decoder_.is_complete()))
      content.error = "bad base64";
    return content;
  }

  std::uint64_t most_received(std::uint64_t length) const override {
    return base64_length(length) + kEnd.size();
  }

  void confirm(Outbox& out) override { reply(R"({"status":"OK","data":null})", out); }

  void refuse(std::string_view why, Outbox& out) override {
    reply(R"({"status":"ERROR","data":)" + quoted(why) + '}', out);
  }

  void list(const std::vector<std::string>& names, Outbox& out) override {
    std::string text = R"({"status":"OK","data":[)";
    for (const std::string& name : names) text += (&name == names.data() ? "" : ",") + quoted(name);
    reply(text + "]}", out);
  }

  Part send(const StoredFile& file, std::uint64_t position, Outbox& out,
            StorageWork& work) override {
    if (!bytes_) {
      bytes_ = std::make_unique_for_overwrite<std::byte[]>(kBytes);
      characters_ =
          std::make_unique_for_overwrite<char[]>(kDataStart.size() + kCharacters + kDataEnd.size());
    }
    char* end = characters_.get();
    if (position == 0) end = std::ranges::copy(kDataStart, end).out;
    const auto wanted = std::min<std::uint64_t>(kBytes, file.length - position);
    if (!fill({bytes_.get(), wanted}, file, position, work)) return {.failed = true};
    encode_base64({bytes_.get(), wanted}, end);
    end += base64_length(wanted);
    const bool is_last = position + wanted == file.length;
    if (is_last) end = std::ranges::copy(kDataEnd, end).out;
    out.write(std::as_bytes(std::span(characters_.get(), end)));
    return {.length = wanted, .is_last = is_last};
  }

  bool is_verbatim() const override { return false; }

  void end_transfer() override {
    bytes_.reset();
    characters_.reset();
  }

 private:
  static FileCommand without_content(std::string_view line) {
    FileCommand command = parse_file_command(line);
    if (command.kind == FileCommand::Kind::upload) {
      // Nothing follows: it is refused as a whole.
      command.kind = FileCommand::Kind::unknown;
      const std::size_t space = line.find(' ');
      const bool has_name = space != line.npos && space + 1 < line.size();
      command.error = has_name ? "no content" : "no name";
    }
    return command;
  }

  /// A character after the start of an empty line.
  void read_end(char character, Content& content) {
    if (character == kEnd[ended_]) {
      ++ended_;
      ++content.read;
      return;
    }
    is_wrong_ = true;
    ended_ = 0;
  }

  Bytes decode(std::string_view characters) {
    if (is_wrong_) return {};
    return {bytes_.get(), decoder_.decode(characters, bytes_.get())};
  }

  static bool fill(MutableBytes into, const StoredFile& file, std::uint64_t position,
                   StorageWork& work) {
    while (!into.empty()) {
      const ssize_t count = file.read(position, into, work);
      if (count <= 0) return false;
      into = into.subspan(static_cast<std::size_t>(count));
      position += static_cast<std::uint64_t>(count);
    }
    return true;
  }

  void reply(std::string text, Outbox& out) {
    reply_ = std::move(text);
    reply_ += kEnd;
    out.write(bytes_of(reply_));
  }

  std::string reply_;
  Base64Decoder decoder_;
  /// Characters of the empty line that ends a content.
  std::size_t ended_ = 0;
  bool is_wrong_ = false;
  /// Only during a transfer.
  std::unique_ptr<std::byte[]> bytes_;
  std::unique_ptr<char[]> characters_;
};

}  // namespace

std::unique_ptr<Wire> make_base64_wire() {
  return std::make_unique<Base64Wire>();
}

}  // namespace c10k
