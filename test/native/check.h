// Tests that print TAP (https://testanything.org): a subtest for each file, a line for each TEST.
#pragma once

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace c10k::test {

struct Test {
  std::string_view file;
  const char* name;
  void (*run)();
};

/// The registered tests, in the order of inclusion.
inline std::vector<Test>& tests() {
  static std::vector<Test> all;
  return all;
}

struct Registration {
  explicit Registration(const Test& test) { tests().push_back(test); }
};

/// Thrown by the first check that fails.
struct Failed {
  int line;
  std::string found;
  std::string wanted;
};

inline std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) result += c == '\n' ? "\\n" : c == '"' ? "\\\"" : std::string(1, c);
  return result + '"';
}

template <typename Value>
std::string text_of(const Value& value) {
  if constexpr (std::is_same_v<Value, bool>)
    return value ? "true" : "false";
  else if constexpr (std::is_pointer_v<Value>)
    return value == nullptr ? "null" : "an object";
  else if constexpr (std::is_enum_v<Value>)
    return std::to_string(static_cast<long>(value));
  else if constexpr (std::is_convertible_v<Value, std::string_view>)
    return test::quoted(value);  // not std::quoted()
  else
    return std::to_string(value);
}

template <typename Value>
void equal(int line, const Value& found, const std::type_identity_t<Value>& wanted) {
  if (!(found == wanted)) throw Failed{line, text_of(found), text_of(wanted)};
}

inline void print(const Test& test, std::size_t number, const Failed* failed) {
  std::printf("    %s %zu - %s\n", failed == nullptr ? "ok" : "not ok", number, test.name);
  if (failed == nullptr) return;
  std::printf("      ---\n      at:\n        fileName: %s\n        lineNumber: %d\n",
              test.file.data(), failed->line);
  std::printf("      found: %s\n      wanted: %s\n      ...\n", failed->found.c_str(),
              failed->wanted.c_str());
}

/// Runs one test. True if it passes.
inline bool run(const Test& test, std::size_t number) {
  try {
    test.run();
    print(test, number, nullptr);
    return true;
  } catch (const Failed& failed) {
    print(test, number, &failed);
  } catch (const std::exception& error) {
    const Failed failed{0, quoted(error.what()), "no exception"};
    print(test, number, &failed);
  }
  return false;
}

/// "test/native/pacer.cc": "pacer"
inline std::string part_of(std::string_view file) {
  file.remove_prefix(file.rfind('/') + 1);
  return std::string(file.substr(0, file.find('.')));
}

/// Runs all tests. Returns the exit code.
inline int run_all() {
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);  // so that output before a crash is not lost
  std::printf("TAP version 14\n");
  std::size_t files = 0;
  bool all_pass = true;
  for (std::size_t next = 0; next < tests().size();) {
    const std::string part = part_of(tests()[next].file);
    std::printf("# Subtest: %s\n", part.c_str());
    std::size_t count = 0;
    bool pass = true;
    for (; next < tests().size() && part_of(tests()[next].file) == part; ++next)
      if (!run(tests()[next], ++count)) pass = false;
    std::printf("    1..%zu\n%s %zu - %s\n", count, pass ? "ok" : "not ok", ++files, part.c_str());
    if (!pass) all_pass = false;
  }
  std::printf("1..%zu\n", files);
  return all_pass ? 0 : 1;
}

}  // namespace c10k::test

#define C10K_JOIN_EXPANDED(a, b) a##b
#define C10K_JOIN(a, b) C10K_JOIN_EXPANDED(a, b)

/// TEST("a fact") { EQUAL(found, wanted); }
#define TEST(name)                                                            \
  void C10K_JOIN(test_, __LINE__)();                                          \
  const c10k::test::Registration C10K_JOIN(                                   \
      registration_, __LINE__)({__FILE__, name, C10K_JOIN(test_, __LINE__)}); \
  void C10K_JOIN(test_, __LINE__)()

#define EQUAL(found, wanted) c10k::test::equal(__LINE__, found, wanted)
#define CHECK(condition) c10k::test::equal<bool>(__LINE__, condition, true)
