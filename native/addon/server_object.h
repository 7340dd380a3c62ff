// `new Server(spec)`: a native server model, running on native threads.
#pragma once

#include <napi.h>

namespace c10k::addon {

void define_server(Napi::Env env, Napi::Object exports);

}  // namespace c10k::addon
