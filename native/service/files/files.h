// The file service: LIST, GET, UPLOAD and DELETE in one directory, in two wire formats
// (raw_wire.cc, base64_wire.cc).
#pragma once

#include "service/files/wire.h"
#include "service/service.h"

namespace c10k {

/// The most bytes of an upload, unless the option `largest` sets it.
inline constexpr std::uint64_t kLargestUpload = std::uint64_t{1} << 40;

inline constexpr ServiceLimit kFilesLimits[] = {{"name", kLongestName},
                                                {"largest", kLargestUpload}};

struct FilesOptions {
  std::unique_ptr<Wire> (*make_wire)() = make_base64_wire;
  /// The path of a directory.
  std::string storage;
  std::uint64_t largest = kLargestUpload;
};

class FilesService final : public Service {
 public:
  /// Throws SystemError if the directory can't be opened.
  explicit FilesService(const FilesOptions& options);
  std::unique_ptr<Session> open(const Address& peer, TransferReports transfers) override;
  std::size_t receive_bytes() const override { return 64 * 1024; }

 private:
  const FilesOptions options_;
  const Storage storage_;
};

/// Options: `wire`, base64, the default, or raw; `storage`; `largest`.
FilesOptions read_files_options(const NamedOptions& options);
/// Throws SystemError if the directory can't be used.
MakeService read_files(const NamedOptions& options);

}  // namespace c10k
