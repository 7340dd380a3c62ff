// The echo service (RFC 862), with a request counted for each line.
#pragma once

#include "service/service.h"

namespace c10k {

class EchoService final : public Service {
 public:
  std::unique_ptr<Session> open(const Address& peer) override;
};

}  // namespace c10k
