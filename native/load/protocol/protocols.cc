#include "load/protocol/protocols.h"

#include <stdexcept>
#include <string>

#include "load/client_loop_impl.h"
#include "load/protocol/bulk/bulk.h"
#include "load/protocol/echo/echo.h"
#include "load/protocol/files/files.h"

namespace c10k {
namespace {

template <ClientProtocol Protocol>
ClientThreads make(const LoadSpec& spec, Conductor& conductor, const Board& board) {
  const auto protocol = std::make_shared<const Protocol>(spec.options, spec.seed);
  ClientThreads threads;
  for (unsigned i = 0; i < spec.threads; ++i)
    threads.push_back(std::make_unique<ClientLoop<Protocol>>(spec, i, protocol, conductor, board));
  return threads;
}

struct Row {
  const char* name;
  ClientThreads (*make)(const LoadSpec&, Conductor&, const Board&);
};

constexpr Row kProtocols[] = {
    {"bulk", make<BulkProtocol>},
    {"echo", make<EchoProtocol>},
    {"files", make<FilesProtocol>},
};

}  // namespace

ClientThreads make_client_threads(const LoadSpec& spec, Conductor& conductor, const Board& board) {
  std::vector<std::string> names;
  for (const Row& row : kProtocols) {
    if (spec.protocol == row.name) return row.make(spec, conductor, board);
    names.emplace_back(row.name);
  }
  throw std::invalid_argument("unknown protocol " + spec.protocol + "; allowed: " + joined(names));
}

}  // namespace c10k
