// The entry point of the Node.js addon. Only this folder uses N-API; no N-API call is made per
// request, except by the model `workers`.
#include <napi.h>

#include "addon/connection_object.h"
#include "addon/forking_object.h"
#include "addon/load_object.h"
#include "addon/sampler_object.h"
#include "addon/server_object.h"
#include "addon/socket_calls.h"

namespace {

Napi::Object init(Napi::Env env, Napi::Object exports) {
  c10k::addon::define_server(env, exports);
  c10k::addon::define_connection(env, exports);
  c10k::addon::define_forking(env, exports);
  c10k::addon::define_load(env, exports);
  c10k::addon::define_sampler(env, exports);
  c10k::addon::define_socket_calls(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(c10k, init)
