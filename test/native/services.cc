#include <stdexcept>

#include "check.h"
#include "service/service.h"

namespace c10k::services_test {
namespace {

/// What the exception says; empty if none is thrown.
std::string refusal(const ServiceSpec& spec) {
  try {
    make_service(spec);
    return "";
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
}

TEST("services are made by name and options") {
  EQUAL(refusal({"echo", {}}), "");
  EQUAL(refusal({"bulk", {}}), "");
  EQUAL(refusal({"bulk", {{"from", "memory"}}}), "");
  EQUAL(refusal({"bulk", {{"from", "file"}}}), "");
}

TEST("an unknown service, option or value is refused by its name") {
  EQUAL(refusal({"gopher", {}}), "unknown service: gopher");
  EQUAL(refusal({"echo", {{"from", "file"}}}), "unknown option of the service echo: from");
  EQUAL(refusal({"bulk", {{"form", "file"}}}), "unknown option of the service bulk: form");
  EQUAL(refusal({"bulk", {{"from", "disk"}}}), "unknown value of the service option from: disk");
}

}  // namespace
}  // namespace c10k::services_test
