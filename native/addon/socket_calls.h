// Single system calls for TypeScript: the listener, and the blocking calls of the `workers` model.
#pragma once

#include <napi.h>

namespace c10k::addon {

void define_socket_calls(Napi::Env env, Napi::Object exports);

}  // namespace c10k::addon
