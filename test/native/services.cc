#include <stdexcept>

#include "check.h"
#include "service/service.h"

namespace c10k::services_test {
namespace {

/// The exception's message; empty if none is thrown.
std::string refusal(const ServiceSpec& spec) {
  try {
    read_service(spec)();
    return "";
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
}

TEST("services are made by name and options") {
  EQUAL(refusal({"echo", {}}), "");
  EQUAL(refusal({"bulk", {}}), "");
  EQUAL(refusal({"bulk", {{"source", "memory"}}}), "");
  EQUAL(refusal({"bulk", {{"source", "file"}}}), "");
}

TEST("a service's limits have names; an unknown service has none") {
  const auto limits = service_limits("bulk");
  EQUAL(limits.size(), 2U);
  EQUAL(std::string_view(limits[0].name), "line");
  EQUAL(limits[0].value, 32U);
  EQUAL(std::string_view(limits[1].name), "length");
  EQUAL(limits[1].value, std::uint64_t{1} << 40);
  const auto files = service_limits("files");
  EQUAL(files.size(), 2U);
  EQUAL(std::string_view(files[0].name), "name");
  EQUAL(files[0].value, 255U);
  EQUAL(std::string_view(files[1].name), "largest");
  EQUAL(files[1].value, std::uint64_t{1} << 40);
  EQUAL(service_limits("echo").size(), 0U);
  EQUAL(service_limits("gopher").size(), 0U);
}

TEST("an unknown service, option or value is refused with what is allowed") {
  EQUAL(refusal({"gopher", {}}), "unknown service gopher; allowed: bulk, echo, files");
  EQUAL(refusal({"echo", {{"source", "file"}}}), "echo has no option source; allowed: none");
  EQUAL(refusal({"bulk", {{"form", "file"}}}), "bulk has no option form; allowed: source");
  EQUAL(refusal({"bulk", {{"source", "disk"}}}),
        "bulk option source: 'disk'; allowed: memory, file");
}

}  // namespace
}  // namespace c10k::services_test
