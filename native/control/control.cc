#include "control/control.h"

#include "control/bulk.h"
#include "control/echo.h"
#include "control/loop.h"

namespace c10k {

std::unique_ptr<Engine> make_control(const ServiceSpec& service) {
  if (service.name == "echo") return std::make_unique<Control<ControlEcho>>();
  if (service.options == ServiceSpec{}.options || service.options.at("from") == "memory")
    return std::make_unique<Control<ControlBulkFromMemory>>();
  return std::make_unique<Control<ControlBulkFromFile>>();
}

}  // namespace c10k
