// Fuzzes the parsers of the file service and of its client: see CONTRIBUTING.md. Compiled as one
// file with the code that it runs. A failure is shown with its seed, which repeats it.
#include "account/ledger.cc"
#include "base/base64.cc"
#include "base/options.cc"
#include "load/protocol/files/listing.cc"
#include "load/protocol/files/reply.cc"
#include "service/files/base64_wire.cc"
#include "service/files/command.cc"
#include "service/files/files.cc"
#include "service/files/raw_wire.cc"
#include "service/outbox.cc"
#include "storage/storage.cc"

#include "fuzz/base64.cc"
#include "fuzz/guard.h"
#include "fuzz/replies.cc"
#include "fuzz/session.cc"
#include "fuzz/settings.h"

namespace c10k::fuzz {
namespace {

constexpr Target kTargets[] = {
    {"base64", fuzz_base64}, {"replies", fuzz_replies}, {"session", fuzz_session}};

Current current;

/// As a C++ literal.
std::string literal(std::string_view text) {
  std::string result;
  for (const char each : text) {
    char code[8];
    const bool is_plain = each >= ' ' && each <= '~' && each != '"' && each != '\\' && each != '?';
    std::snprintf(code, sizeof code, is_plain ? "%c" : "\\%03o", static_cast<unsigned char>(each));
    result += code;
  }
  return '"' + result + '"';
}

/// Returns the exit code.
int run_target(const Target& target, const Settings& settings) {
  const Nanoseconds end = now() + settings.seconds * 1'000'000'000;
  std::uint64_t done = 0;
  for (; settings.seconds > 0 ? now() < end : done < settings.iterations; ++done) {
    current.begin(settings.seed + done);
    Choices choices(settings.seed + done);
    try {
      target.run(choices);
    } catch (const test::Failed& failed) {
      std::printf("line %d: found %s, wanted %s\n", failed.line, failed.found.c_str(),
                  failed.wanted.c_str());
      return 1;
    }
  }
  std::printf("fuzz: %s: %llu inputs\n", target.name.data(), static_cast<unsigned long long>(done));
  return 0;
}

void report(const Target& target) {
  std::printf("fuzz: %s failed; to repeat: --target %s --seed %llu --iterations 1\n",
              target.name.data(), target.name.data(),
              static_cast<unsigned long long>(current.seed()));
  std::printf("input of %zu bytes: %s\n", current.length(), literal(current.input()).c_str());
}

std::vector<Target> chosen(std::string_view name) {
  std::vector<Target> targets;
  for (const Target& target : kTargets)
    if (name.empty() || name == target.name) targets.push_back(target);
  if (targets.empty())
    throw std::invalid_argument("--target " + std::string(name) +
                                ": unknown; allowed: base64, replies, session");
  return targets;
}

int run_all(const Settings& settings) {
  int failed = 0;
  for (const Target& target : chosen(settings.target)) {
    if (in_child([&] { return run_target(target, settings); }) == 0) continue;
    report(target);
    failed = 1;
  }
  return failed;
}

}  // namespace

void note_input(std::string_view input) {
  current.note(input);
}

}  // namespace c10k::fuzz

int main(int count, char** arguments) {
  try {
    return c10k::fuzz::run_all(c10k::fuzz::read_settings({arguments + 1, arguments + count}));
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "fuzz: %s\n", error.what());
    return 2;
  }
}
