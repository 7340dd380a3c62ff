#include "service/echo.h"

#include <algorithm>

namespace c10k {
namespace {

class EchoSession final : public Session {
 public:
  std::size_t on_data(Bytes in, Outbox& out) override {
    out.write(in);
    return static_cast<std::size_t>(std::count(in.begin(), in.end(), std::byte{'\n'}));
  }
};

}  // namespace

std::unique_ptr<Session> EchoService::open(const Address&) {
  return std::make_unique<EchoSession>();
}

}  // namespace c10k
