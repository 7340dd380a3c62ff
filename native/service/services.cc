// The registry of services: one row per service.
#include <array>
#include <stdexcept>
#include <string_view>

#include "service/bulk/bulk.h"
#include "service/echo/echo.h"
#include "service/service.h"

namespace c10k {
namespace {

struct Row {
  std::string_view name;
  /// Removes from the options those that it knows.
  std::unique_ptr<Service> (*make)(ServiceOptions& options);
};

constexpr std::array kServices = {
    Row{"echo", make_echo},
    Row{"bulk", make_bulk},
};

}  // namespace

std::unique_ptr<Service> make_service(const ServiceSpec& spec) {
  for (const Row& row : kServices) {
    if (row.name != spec.name) continue;
    ServiceOptions options = spec.options;
    auto service = row.make(options);
    if (options.empty()) return service;
    throw std::invalid_argument("unknown option of the service " + spec.name + ": " +
                                options.begin()->first);
  }
  throw std::invalid_argument("unknown service: " + spec.name);
}

}  // namespace c10k
