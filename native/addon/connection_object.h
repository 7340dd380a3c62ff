// What a Worker needs to serve one connection with blocking calls: `new Service(spec)`, shared by
// all Workers, and `new Connection(task)`.
#pragma once

#include <napi.h>

namespace c10k::addon {

void define_connection(Napi::Env env, Napi::Object exports);

}  // namespace c10k::addon
