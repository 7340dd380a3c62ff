#include "server/models.h"

#include <array>
#include <stdexcept>
#include <string>

#include "control/control.h"
#include "demux/epoll.h"
#include "demux/poll.h"
#include "demux/select.h"
#include "engine/blocking.h"
#include "engine/proactor.h"
#include "engine/reactor.h"

namespace c10k {
namespace {

struct Row {
  std::string_view name;
  std::unique_ptr<Engine> (*make)();
};

constexpr std::array kModels = {
    Row{"select", [] { return make_reactor(make_select); }},
    Row{"select-wide", [] { return make_reactor(make_select_wide); }},
    Row{"poll", [] { return make_reactor(make_poll); }},
    Row{"epoll", [] { return make_reactor(make_epoll_edge); }},
    Row{"epoll-lt", [] { return make_reactor(make_epoll_level); }},
    Row{"io_uring", [] { return make_proactor(kDeferred); }},
    Row{"io_uring-plain", [] { return make_proactor(kPlain); }},
    // For tests: queues and buffers so small that they overflow at once.
    Row{"io_uring-tiny",
        [] {
          return make_proactor(kDeferred, {.ring = {8, 8}, .buffers = 4});
        }},
    Row{"threads", make_thread_per_connection},
    // For tests: a thread limit that is reached at once.
    Row{"threads-few", [] { return make_thread_per_connection(4); }},
    Row{"thread-pool", make_pool_worker},
    Row{"process-pool", make_pool_worker},
};

}  // namespace

std::unique_ptr<Engine> make_engine(std::string_view model, const ServiceSpec& service) {
  if (model == "control") return make_control(service);
  for (const Row& row : kModels)
    if (row.name == model) return row.make();
  throw std::invalid_argument("unknown native server model: " + std::string(model));
}

}  // namespace c10k
