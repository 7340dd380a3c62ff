// The wire format `raw`. A command is a line; UPLOAD name n is followed by n bytes. A reply is
// `OK n` in a line and n bytes, or `ERROR why` in a line.
#include <charconv>
#include <cstring>

#include "service/files/wire.h"

namespace c10k {
namespace {

/// The longest line: a verb, a name, a length and spaces.
constexpr std::size_t kLongestLine = 7 + kLongestName + 1 + 20 + 1;
constexpr std::uint64_t kLongestContent = std::uint64_t{1} << 62;

FileCommand parse_upload(std::string_view line) {
  const std::size_t first = std::min(line.find(' '), line.size());
  const std::size_t last = std::max(line.rfind(' ') + 1, std::size_t{1}) - 1;
  if (first >= last) return lost_command(FileCommand::Kind::upload, "no length");
  const std::string_view digits = line.substr(last + 1);
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (error != std::errc{} || end != digits.data() + digits.size() || length > kLongestContent)
    return lost_command(FileCommand::Kind::upload, "bad length");
  FileCommand command = upload_command(line.substr(first + 1, last - first - 1));
  command.length = length;
  return command;
}

class RawWire final : public Wire {
 public:
  Head read_head(Bytes unread) const override {
    const std::string_view text = text_of(unread.first(std::min(unread.size(), kLongestLine)));
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      if (text.size() < kLongestLine) return {};
      return {lost_command(FileCommand::Kind::unknown, "line too long"), text.size()};
    }
    const std::string_view line = text.substr(0, end);
    const FileCommand command = parse_file_command(line);
    const bool is_upload = command.kind == FileCommand::Kind::upload;
    return {is_upload ? parse_upload(line) : command, end + 1};
  }

  void begin_content(const FileCommand& upload) override { left_ = upload.length; }

  Content read_content(Bytes unread) override {
    const Bytes bytes = unread.first(std::min<std::uint64_t>(unread.size(), left_));
    left_ -= bytes.size();
    return {bytes.size(), bytes, left_ == 0, nullptr};
  }

  std::uint64_t most_received(std::uint64_t length) const override { return length; }

  void confirm(Outbox& out) override { reply("OK 0\n", out); }

  void refuse(std::string_view why, Outbox& out) override {
    reply("ERROR " + std::string(why) + '\n', out);
  }

  void list(const std::vector<std::string>& names, Outbox& out) override {
    std::string text;
    for (const std::string& name : names) text += name + '\n';
    reply("OK " + std::to_string(text.size()) + '\n' + text, out);
  }

  Part send(const StoredFile& file, std::uint64_t, Outbox& out, StorageWork&) override {
    reply("OK " + std::to_string(file.length) + '\n', out);
    out.send({file.fd.get(), 0, file.length});
    return {.length = file.length, .is_last = true};
  }

  bool is_verbatim() const override { return true; }

 private:
  void reply(std::string text, Outbox& out) {
    reply_ = std::move(text);
    out.write(bytes_of(reply_));
  }

  std::string reply_;
  std::uint64_t left_ = 0;
};

}  // namespace

std::unique_ptr<Wire> make_raw_wire() {
  return std::make_unique<RawWire>();
}

}  // namespace c10k
