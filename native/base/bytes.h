// Non-owning views of bytes.
#pragma once

#include <cstddef>
#include <span>

namespace c10k {

using Bytes = std::span<const std::byte>;
using MutableBytes = std::span<std::byte>;

}  // namespace c10k
