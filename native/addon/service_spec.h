// A service's name and options, as JavaScript gives them.
#pragma once

#include <napi.h>

#include "addon/marshal.h"
#include "service/service.h"

namespace c10k::addon {

/// {name, options}
inline ServiceSpec service_spec(const Napi::Value& value) {
  const Napi::Object spec = value.As<Napi::Object>();
  return {.name = spec.Get("name").As<Napi::String>(),
          .options = texts(spec.Get("options").As<Napi::Object>())};
}

}  // namespace c10k::addon
