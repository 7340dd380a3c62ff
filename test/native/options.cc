#include "base/options.h"

#include <stdexcept>

#include "check.h"

namespace c10k::options_test {
namespace {

/// The message of the error that `read` throws; empty if it does not throw.
template <typename Read>
std::string error_of(const NamedOptions& options, Read read) {
  OptionReader reader("bulk", options);
  try {
    read(reader);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

TEST("a text is read unchanged") {
  const NamedOptions options{{"text", " a b "}};
  EQUAL(OptionReader("echo", options).text("text"), " a b ");
}

TEST("a number is a whole one within its bounds") {
  const auto error = [](const char* value) {
    return error_of({{"n", value}}, [](OptionReader& reader) { reader.number("n", 2, 10); });
  };
  for (const char* value : {"2", "10", "007"}) EQUAL(error(value), "");
  for (const char* value : {"1", "11", "", "-3", "3.5", "3 ", "x", "99999999999999999999"})
    EQUAL(error(value),
          "bulk option n: '" + std::string(value) + "'; allowed: a whole number from 2 to 10");
}

TEST("a number with a default has it only if the option is missing") {
  const auto number = [](const NamedOptions& options) {
    return OptionReader("echo", options).number_or("n", 2, 10, 7);
  };
  EQUAL(number({}), 7U);
  EQUAL(number({{"n", "3"}}), 3U);
  EQUAL(error_of({{"n", "11"}}, [](OptionReader& reader) { reader.number_or("n", 2, 10, 7); }),
        "bulk option n: '11'; allowed: a whole number from 2 to 10");
  EQUAL(error_of({{"m", "3"}},
                 [](OptionReader& reader) {
                   reader.number_or("n", 2, 10, 7);
                   reader.finish();
                 }),
        "bulk has no option m; allowed: n");
}

TEST("a choice is one of the allowed values") {
  const auto choose = [](OptionReader& reader) { reader.choice("op", {"get", "put"}); };
  EQUAL(error_of({{"op", "put"}}, choose), "");
  EQUAL(error_of({{"op", "post"}}, choose), "bulk option op: 'post'; allowed: get, put");
}

TEST("a choice with a default is the first of the allowed values if it is missing") {
  const std::vector<std::string> allowed{"memory", "file"};
  const auto choose = [&](const NamedOptions& options) {
    return OptionReader("bulk", options).choice_or_first("from", allowed);
  };
  EQUAL(choose({}), 0U);
  EQUAL(choose({{"from", "memory"}}), 0U);
  EQUAL(choose({{"from", "file"}}), 1U);
  EQUAL(error_of({{"from", "disk"}},
                 [&](OptionReader& reader) { reader.choice_or_first("from", allowed); }),
        "bulk option from: 'disk'; allowed: memory, file");
}

TEST("a missing option is named with what is allowed") {
  EQUAL(error_of({},
                 [](OptionReader& reader) {
                   reader.choice("op", {"get", "put"});
                 }),
        "bulk option op: missing; allowed: get, put");
  EQUAL(error_of({}, [](OptionReader& reader) { reader.text("t"); }),
        "bulk option t: missing; allowed: a text");
}

TEST("an option that was not read is unknown") {
  const auto read = [](OptionReader& reader) {
    reader.number("b", 0, 9);
    reader.number("a", 0, 9);
    reader.finish();
  };
  EQUAL(error_of({{"a", "1"}, {"b", "1"}}, read), "");
  EQUAL(error_of({{"a", "1"}, {"b", "1"}, {"c", "1"}}, read),
        "bulk has no option c; allowed: a, b");
  EQUAL(error_of({{"a", "1"}}, [](OptionReader& reader) { reader.finish(); }),
        "bulk has no option a; allowed: none");
}

}  // namespace
}  // namespace c10k::options_test
