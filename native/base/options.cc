#include "base/options.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace c10k {

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list.empty() ? "none" : list;
}

const std::string* OptionReader::find(const std::string& name) {
  read_.insert(name);
  const auto found = options_.find(name);
  return found == options_.end() ? nullptr : &found->second;
}

void OptionReader::refuse(const std::string& name, const std::string& allowed) const {
  const std::string value = has(name) ? "'" + options_.at(name) + "'" : "missing";
  throw std::invalid_argument(owner_ + " option " + name + ": " + value + "; allowed: " + allowed);
}

const std::string& OptionReader::text(const std::string& name) {
  const std::string* value = find(name);
  if (value == nullptr) refuse(name, "a text");
  return *value;
}

std::uint64_t OptionReader::number(const std::string& name, std::uint64_t low, std::uint64_t high) {
  const std::string* value = find(name);
  std::uint64_t number = 0;
  if (value != nullptr) {
    const char* end = value->data() + value->size();
    const auto [stopped, error] = std::from_chars(value->data(), end, number);
    if (error == std::errc() && stopped == end && number >= low && number <= high) return number;
  }
  refuse(name, "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
}

std::uint64_t OptionReader::number_or(const std::string& name, std::uint64_t low,
                                      std::uint64_t high, std::uint64_t missing) {
  return find(name) == nullptr ? missing : number(name, low, high);
}

std::size_t OptionReader::choice(const std::string& name, const std::vector<std::string>& allowed) {
  const std::string* value = find(name);
  if (value != nullptr) {
    const auto found = std::ranges::find(allowed, *value);
    if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
  }
  refuse(name, joined(allowed));
}

std::size_t OptionReader::choice_or_first(const std::string& name,
                                          const std::vector<std::string>& allowed) {
  return find(name) == nullptr ? 0 : choice(name, allowed);
}

void OptionReader::finish() const {
  for (const auto& [name, value] : options_)
    if (!read_.contains(name))
      throw std::invalid_argument(owner_ + " has no option " + name +
                                  "; allowed: " + joined({read_.begin(), read_.end()}));
}

}  // namespace c10k
