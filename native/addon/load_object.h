// `new Load(spec)`: the client of one process, on threads of its own.
#pragma once

#include <napi.h>

namespace c10k::addon {

void define_load(Napi::Env env, Napi::Object exports);

}  // namespace c10k::addon
