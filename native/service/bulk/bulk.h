// The bulk service: what moving bytes alone costs. `GET n` is answered with n bytes of the pattern
// (base/pattern.h), `PUT n` takes n bytes and is answered with `OK n`.
#pragma once

#include <optional>

#include "base/pattern_file.h"
#include "service/bulk/request.h"
#include "service/service.h"

namespace c10k {

/// What GET sends from.
enum class BulkSource { memory, file };

class BulkService final : public Service {
 public:
  explicit BulkService(BulkSource source);
  std::unique_ptr<Session> open(const Address& peer, TransferReports transfers) override;
  std::size_t receive_bytes() const override { return 64 * 1024; }

 private:
  std::optional<PatternFile> file_;
};

inline constexpr ServiceLimit kBulkLimits[] = {{"line", kBulkLine}, {"length", kBulkMost}};

/// The option `from`: memory, the default, or file.
BulkSource read_bulk_source(const NamedOptions& options);
MakeService read_bulk(const NamedOptions& options);

}  // namespace c10k
