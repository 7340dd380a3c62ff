#include "service/files/command.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "storage/storage.h"

namespace c10k {
namespace {

using Kind = FileCommand::Kind;

constexpr std::array kVerbs = {std::pair("LIST", Kind::list), std::pair("GET", Kind::get),
                               std::pair("UPLOAD", Kind::upload),
                               std::pair("DELETE", Kind::remove)};

/// Independent of the locale.
char upper(char character) {
  const bool is_lower = character >= 'a' && character <= 'z';
  return is_lower ? static_cast<char>(character - 'a' + 'A') : character;
}

FileCommand named(Kind kind, std::string_view name) {
  if (name.empty()) return refused_command(kind, "no name");
  if (!is_file_name(name)) return refused_command(kind, storage_error(EINVAL));
  FileCommand command;
  command.kind = kind;
  command.name = name;
  return command;
}

}  // namespace

FileCommand refused_command(Kind kind, const char* error) {
  FileCommand command;
  command.kind = kind;
  command.error = error;
  return command;
}

FileCommand lost_command(Kind kind, const char* error) {
  FileCommand command = refused_command(kind, error);
  command.is_last = true;
  return command;
}

Kind file_command_kind(std::string_view verb) {
  const auto* const found = std::ranges::find_if(kVerbs, [verb](const auto& each) {
    return std::ranges::equal(verb, std::string_view(each.first), {}, upper);
  });
  return found == kVerbs.end() ? Kind::unknown : found->second;
}

FileCommand parse_file_command(std::string_view line) {
  const std::size_t space = std::min(line.find(' '), line.size());
  const Kind kind = file_command_kind(line.substr(0, space));
  if (kind == Kind::unknown) return refused_command(kind, "unknown command");
  if (kind == Kind::upload) return refused_command(kind, nullptr);
  if (kind == Kind::list)
    return refused_command(kind, space == line.size() ? nullptr : "LIST takes no name");
  return named(kind, space == line.size() ? std::string_view() : line.substr(space + 1));
}

FileCommand upload_command(std::string_view name) {
  return named(Kind::upload, name);
}

const char* storage_error(int error) {
  switch (error) {
    case EINVAL:
    case EISDIR:
    case ENAMETOOLONG:
      return "bad name";
    case ENOENT:
    case ELOOP:
      return "no such file";
    case ENOSPC:
    case EDQUOT:
      return "no space left";
    case EACCES:
    case EPERM:
    case EROFS:
      return "not permitted";
    case EMFILE:
    case ENFILE:
      return "too many open files";
    default:
      return "input/output error";
  }
}

}  // namespace c10k
