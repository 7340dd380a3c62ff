// A command of the file service, without its framing, which differs between wire formats.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace c10k {

struct FileCommand {
  enum class Kind { list, get, upload, remove, unknown };

  Kind kind = Kind::unknown;
  std::string name;
  /// UPLOAD in the raw format: the length of the content that follows.
  std::uint64_t length = 0;
  /// Why it is refused; null: it is not.
  const char* error = nullptr;
  /// It is refused, and where the next command begins is unknown.
  bool is_last = false;
};

FileCommand refused_command(FileCommand::Kind kind, const char* error);
/// Refused, and where the next command begins is unknown.
FileCommand lost_command(FileCommand::Kind kind, const char* error);

/// The verb is accepted in any case.
FileCommand::Kind file_command_kind(std::string_view verb);

/// Parses LIST, GET name or DELETE name; for UPLOAD, only its kind is set.
FileCommand parse_file_command(std::string_view line);

/// An upload to this name, refused if no file may have it.
FileCommand upload_command(std::string_view name);

/// Why a call on a file failed, from errno.
const char* storage_error(int error);

}  // namespace c10k
