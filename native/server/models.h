// The registry of native server models.
#pragma once

#include <memory>
#include <string_view>

#include "engine/engine.h"

namespace c10k {

/// Creates an engine for one loop; throws std::invalid_argument if the name is unknown. `service`
/// matters to the control, which has no Session.
std::unique_ptr<Engine> make_engine(std::string_view model, const ServiceSpec& service);

}  // namespace c10k
