// `new Load(spec)`: the load generator of one process, on native threads.
#pragma once

#include <napi.h>

namespace c10k::addon {

void define_load(Napi::Env env, Napi::Object exports);

}  // namespace c10k::addon
