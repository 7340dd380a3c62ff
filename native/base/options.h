// The options of a service or a protocol, each a name with a text.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace c10k {

using NamedOptions = std::map<std::string, std::string>;

/// Names as an error lists them: "a, b".
std::string joined(const std::vector<std::string>& names);

/// Reads the options of one owner. An error is a std::invalid_argument that names the option, its
/// value and what is allowed.
class OptionReader {
 public:
  OptionReader(std::string owner, const NamedOptions& options)
      : owner_(std::move(owner)), options_(options) {}

  bool has(const std::string& name) const { return options_.contains(name); }
  const std::string& text(const std::string& name);
  /// A whole number from `low` to `high`.
  std::uint64_t number(const std::string& name, std::uint64_t low, std::uint64_t high);
  /// The same; `missing` if the option is missing.
  std::uint64_t number_or(const std::string& name, std::uint64_t low, std::uint64_t high,
                          std::uint64_t missing);
  /// The index of the value among those allowed.
  std::size_t choice(const std::string& name, const std::vector<std::string>& allowed);
  /// The same; 0 if the option is missing.
  std::size_t choice_or_first(const std::string& name, const std::vector<std::string>& allowed);
  /// Call after reading: no other option is allowed.
  void finish() const;

 private:
  [[noreturn]] void refuse(const std::string& name, const std::string& allowed) const;
  const std::string* find(const std::string& name);

  const std::string owner_;
  const NamedOptions& options_;
  std::set<std::string> read_;
};

}  // namespace c10k
