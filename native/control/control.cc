#include "control/control.h"

#include <array>
#include <stdexcept>
#include <string_view>

#include "control/bulk.h"
#include "control/echo.h"
#include "control/files.h"
#include "control/loop.h"
#include "service/bulk/bulk.h"

namespace c10k {

namespace {

struct Row {
  std::string_view service;
  std::unique_ptr<Engine> (*make)(const ServiceSpec& service);
};

template <typename Exchange>
std::unique_ptr<Engine> make(const ServiceSpec&) {
  return std::make_unique<Control<Exchange>>();
}

std::unique_ptr<Engine> make_bulk(const ServiceSpec& service) {
  const bool from_file = read_bulk_source(service.options) == BulkSource::file;
  return from_file ? make<ControlBulkFromFile>(service) : make<ControlBulkFromMemory>(service);
}

std::unique_ptr<Engine> make_files(const ServiceSpec& service) {
  return std::make_unique<Control<ControlFiles>>(read_files_options(service.options));
}

/// The baseline of each service.
constexpr std::array kBaselines = {
    Row{"echo", make<ControlEcho>},
    Row{"bulk", make_bulk},
    Row{"files", make_files},
};

}  // namespace

std::unique_ptr<Engine> make_control(const ServiceSpec& service) {
  for (const Row& row : kBaselines)
    if (row.service == service.name) return row.make(service);
  throw std::invalid_argument("no baseline for the service: " + service.name);
}

}  // namespace c10k
