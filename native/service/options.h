// The options of a service.
#pragma once

#include <initializer_list>
#include <map>
#include <stdexcept>
#include <string>

namespace c10k {

using ServiceOptions = std::map<std::string, std::string>;

/// Removes an option and returns its value, which must be one of `allowed`; the first is the
/// default. Throws std::invalid_argument.
inline std::string take(ServiceOptions& options, const char* name,
                        std::initializer_list<const char*> allowed) {
  const auto option = options.extract(name);
  if (option.empty()) return *allowed.begin();
  for (const char* value : allowed)
    if (option.mapped() == value) return value;
  throw std::invalid_argument("unknown value of the service option " + option.key() + ": " +
                              option.mapped());
}

}  // namespace c10k
