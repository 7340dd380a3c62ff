// The registry of services: one row per service.
#include <stdexcept>

#include "service/bulk/bulk.h"
#include "service/echo/echo.h"
#include "service/files/files.h"
#include "service/service.h"

namespace c10k {
namespace {

struct Row {
  const char* name;
  MakeService (*read)(const NamedOptions& options);
  std::span<const ServiceLimit> limits;
};

constexpr Row kServices[] = {
    {"bulk", read_bulk, kBulkLimits},
    {"echo", read_echo, {}},
    {"files", read_files, kFilesLimits},
};

}  // namespace

std::span<const ServiceLimit> service_limits(const std::string& name) {
  for (const Row& row : kServices)
    if (name == row.name) return row.limits;
  return {};
}

MakeService read_service(const ServiceSpec& spec) {
  std::vector<std::string> names;
  for (const Row& row : kServices) {
    if (spec.name == row.name) return row.read(spec.options);
    names.emplace_back(row.name);
  }
  throw std::invalid_argument("unknown service " + spec.name + "; allowed: " + joined(names));
}

}  // namespace c10k
