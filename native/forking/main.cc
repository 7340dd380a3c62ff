// The program that serves the `fork` model. It inherits its descriptors; lib/server/forking.ts
// starts it.
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "forking/server.h"
#include "forking/signals.h"

namespace {

using namespace c10k;

/// After stdin, stdout and stderr.
constexpr int kListener = 3;
constexpr int kTable = 4;
constexpr int kRows = 5;
constexpr int kTransfers = 6;

long long number(std::string_view text) {
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw std::invalid_argument("not a number: " + std::string(text));
  return value;
}

NamedOptions options_of(std::span<char*> pairs) {
  NamedOptions options;
  for (const std::string_view pair : pairs) {
    const std::size_t sign = pair.find('=');
    if (sign == std::string_view::npos) throw std::invalid_argument("is started by c10k");
    options.emplace(pair.substr(0, sign), pair.substr(sign + 1));
  }
  return options;
}

/// SERVICE PARENT IDLE_NS WRITE_NS LISTS_OPENINGS LISTS_TRANSFERS MAX_CHILDREN [OPTION=VALUE …]
int run(std::span<char*> arguments) {
  if (arguments.size() < 7) throw std::invalid_argument("is started by c10k");
  if (!end_with_parent(static_cast<pid_t>(number(arguments[1])))) return EXIT_FAILURE;
  const auto service = read_service({arguments[0], options_of(arguments.subspan(7))})();
  ForkingSpec spec{.listener = kListener,
                   .table = kTable,
                   .rows = kRows,
                   .transfers = kTransfers,
                   .timeouts = {}};
  spec.timeouts = {number(arguments[2]), number(arguments[3])};
  spec.lists_openings = number(arguments[4]) != 0;
  spec.lists_transfers = number(arguments[5]) != 0;
  if (const auto most = number(arguments[6]); most > 0)
    spec.max_children = static_cast<std::size_t>(most);
  ForkingServer(spec, *service).run();
  return EXIT_SUCCESS;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return run({arguments + 1, static_cast<std::size_t>(count - 1)});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "c10k-fork: %s\n", error.what());
    return EXIT_FAILURE;
  }
}
