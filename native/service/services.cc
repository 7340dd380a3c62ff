// The registry of services: one row per service.
#include <array>
#include <stdexcept>
#include <string>

#include "service/echo/echo.h"
#include "service/service.h"

namespace c10k {
namespace {

struct Row {
  std::string_view name;
  std::unique_ptr<Service> (*make)();
};

constexpr std::array kServices = {
    Row{"echo", [] { return std::unique_ptr<Service>(std::make_unique<EchoService>()); }},
};

}  // namespace

std::unique_ptr<Service> make_service(std::string_view name) {
  for (const Row& row : kServices)
    if (row.name == name) return row.make();
  throw std::invalid_argument("unknown service: " + std::string(name));
}

}  // namespace c10k
