// Valid commands of a session, with the replies and files that they must lead to.
#pragma once

#include <algorithm>
#include <map>
#include <string>

#include "files_session.h"
#include "fuzz/choices.h"

namespace c10k::fuzz {

struct Script {
  const files_session::Format& format;
  std::uint64_t largest = kLargestUpload;
  /// Whether the peer ends when it has sent everything; otherwise the connection is lost.
  bool ends = true;
  /// The last command is refused, and the server ends the connection.
  bool is_refused = false;
  std::string text = {};
  std::string replies = {};
  /// `name: content` in lines.
  std::string files = {};
};

/// Adds commands, and does to a map what a server does to files.
class Scribe {
 public:
  Scribe(Script& script, Choices& choices) : script_(script), choices_(choices) {}

  void add_command() {
    switch (choices_.below(10)) {
      case 0:
        return add(line("LIST"), script_.format.names(names()));
      case 1:
      case 2:
        return get(name());
      case 3:
        return remove(name());
      case 4:
        return add(line("HELLO"), script_.format.error("unknown command"));
      case 5:
        return upload_too_much(name());
      case 6:
        return upload_wrongly(name());
      default:
        return upload(name(), test::random_bytes(content_length(), choices_.next()));
    }
  }
  /// The files as Script has them.
  std::string files() const {
    std::string text;
    for (const auto& [name, content] : files_) text += name + ": " + content + '\n';
    return text;
  }

 private:
  static constexpr std::size_t kLongestContent = 400'000;

  std::size_t content_length() {
    return std::min<std::size_t>(choices_.length(kLongestContent), script_.largest);
  }
  /// Often one that exists, seldom one that no file may have.
  std::string name() {
    static const std::string valid[] = {"a", "a", "B", "\u00fc", "x-" + std::string(253, 'y')};
    return choices_.once_in(8) ? choices_.of(invalid()) : choices_.of(valid);
  }
  static const std::vector<std::string>& invalid() {
    static const std::vector<std::string> names{".",        ".hidden",      "../a",
                                                "x/y",      "a\tb",         "caf\xe9",
                                                "\xc1\x81", "\xed\xa0\x80", std::string(256, 'z')};
    return names;
  }
  static bool is_valid(const std::string& name) {
    return std::ranges::find(invalid(), name) == invalid().end();
  }
  std::string line(const std::string& command) const { return script_.format.line(command); }
  std::string error(const std::string& name) const {
    return script_.format.error(is_valid(name) ? "no such file" : "bad name");
  }
  test::Names names() const {
    test::Names all;
    for (const auto& [name, content] : files_) all.push_back(name);
    return all;
  }
  void get(const std::string& name) {
    const auto found = files_.find(name);
    add(line("GET " + name),
        found == files_.end() ? error(name) : script_.format.content(found->second));
  }
  void remove(const std::string& name) {
    add(line("DELETE " + name), files_.erase(name) == 0 ? error(name) : script_.format.ok());
  }
  void upload(const std::string& name, const std::string& content) {
    if (is_valid(name)) files_[name] = content;
    add(script_.format.upload(name, content), is_valid(name) ? script_.format.ok() : error(name));
  }
  void upload_too_much(const std::string& name) {
    if (script_.largest == kLargestUpload) return;
    const std::size_t length = script_.largest + choices_.between(1, 3);
    add(script_.format.upload(name, test::random_bytes(length, choices_.next())),
        script_.format.error("too large"));
    script_.is_refused = true;
  }
  /// In the format base64, its last group lacks a character.
  void upload_wrongly(const std::string& name) {
    if (script_.format.is_raw) return;
    const std::string content = test::random_bytes(1 + content_length(), choices_.next());
    if (content.size() > script_.largest) return;
    std::string text = script_.format.upload(name, content);
    text.erase(text.size() - 5, 1);
    add(text, script_.format.error(is_valid(name) ? "bad base64" : "bad name"));
  }
  void add(const std::string& text, const std::string& reply) {
    script_.text += text;
    script_.replies += reply;
  }

  Script& script_;
  Choices& choices_;
  std::map<std::string, std::string> files_;
};

inline Script make_script(Choices& choices) {
  Script script{choices.of(files_session::kFormats)};
  if (choices.once_in(4)) script.largest = choices.between(1, 100'000);
  script.ends = choices.once_in(2);
  Scribe scribe(script, choices);
  for (std::size_t left = choices.between(1, 8); left > 0 && !script.is_refused; --left)
    scribe.add_command();
  script.files = scribe.files();
  return script;
}

}  // namespace c10k::fuzz
