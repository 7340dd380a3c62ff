// A service's name and options, as JavaScript gives them.
#pragma once

#include <napi.h>

#include "service/service.h"

namespace c10k::addon {

/// {name, options}
inline ServiceSpec service_spec(const Napi::Value& value) {
  const Napi::Object spec = value.As<Napi::Object>();
  ServiceSpec made{.name = spec.Get("name").As<Napi::String>(), .options = {}};
  for (const auto& [name, option] : spec.Get("options").As<Napi::Object>())
    made.options[name.As<Napi::String>()] = Napi::Value(option).As<Napi::String>();
  return made;
}

}  // namespace c10k::addon
