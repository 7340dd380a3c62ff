// The observer of a forking server in JavaScript.
#pragma once

#include <napi.h>

namespace c10k::addon {

void define_forking(Napi::Env env, Napi::Object exports);

}  // namespace c10k::addon
