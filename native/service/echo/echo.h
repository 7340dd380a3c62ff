// The echo service (RFC 862), with a request counted for each line.
#pragma once

#include "service/service.h"

namespace c10k {

class EchoService final : public Service {
 public:
  std::unique_ptr<Session> open(const Address& peer, TransferReports) override;
  std::size_t receive_bytes() const override { return 16 * 1024; }
};

/// Without options.
MakeService read_echo(const NamedOptions& options);

}  // namespace c10k
