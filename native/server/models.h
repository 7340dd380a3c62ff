// The registry of server models that are written in C++.
#pragma once

#include <memory>
#include <string_view>

#include "engine/engine.h"

namespace c10k {

/// A fresh engine for one loop; throws std::invalid_argument for a name it doesn't hold.
std::unique_ptr<Engine> make_engine(std::string_view model);

}  // namespace c10k
