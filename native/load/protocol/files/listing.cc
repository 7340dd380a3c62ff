#include "load/protocol/files/listing.h"

#include <string>

namespace c10k {

Listing Listing::of_entries(std::uint64_t count) {
  Listing listing;
  for (std::uint64_t i = 0; i < count; ++i) {
    for (const char character : "entry-" + std::to_string(i)) listing.add(character);
    listing.end_name();
  }
  return listing;
}

}  // namespace c10k
