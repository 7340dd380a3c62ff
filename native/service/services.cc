// The registry of services: one row per service.
#include <array>
#include <stdexcept>
#include <string_view>

#include "service/bulk/bulk.h"
#include "service/echo/echo.h"
#include "service/service.h"

namespace c10k {
namespace {

using Options = std::map<std::string, std::string>;

struct Row {
  std::string_view name;
  /// Removes from the options those that it knows.
  std::unique_ptr<Service> (*make)(Options& options);
};

/// Takes the value of an option, which is one of `allowed`; the first is the default.
std::string take(Options& options, const char* name, std::initializer_list<const char*> allowed) {
  const auto option = options.extract(name);
  if (option.empty()) return *allowed.begin();
  for (const char* value : allowed)
    if (option.mapped() == value) return value;
  throw std::invalid_argument("unknown value of the service option " + option.key() + ": " +
                              option.mapped());
}

std::unique_ptr<Service> make_echo(Options&) {
  return std::make_unique<EchoService>();
}

std::unique_ptr<Service> make_bulk(Options& options) {
  const bool from_file = take(options, "from", {"memory", "file"}) == "file";
  return std::make_unique<BulkService>(from_file ? BulkSource::file : BulkSource::memory);
}

constexpr std::array kServices = {
    Row{"echo", make_echo},
    Row{"bulk", make_bulk},
};

}  // namespace

std::unique_ptr<Service> make_service(const ServiceSpec& spec) {
  for (const Row& row : kServices) {
    if (row.name != spec.name) continue;
    Options options = spec.options;
    auto service = row.make(options);
    if (options.empty()) return service;
    throw std::invalid_argument("unknown option of the service " + spec.name + ": " +
                                options.begin()->first);
  }
  throw std::invalid_argument("unknown service: " + spec.name);
}

}  // namespace c10k
