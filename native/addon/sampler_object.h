// `new Sampler(spec)`: reads counters and CPU clocks of servers and clients at given times.
#pragma once

#include <napi.h>

namespace c10k::addon {

void define_sampler(Napi::Env env, Napi::Object exports);

}  // namespace c10k::addon
