// System calls for TypeScript: the listener, the blocking calls of the `workers` model, CPU time
// and affinity of processes.
#pragma once

#include <napi.h>

namespace c10k::addon {

void define_socket_calls(Napi::Env env, Napi::Object exports);

}  // namespace c10k::addon
