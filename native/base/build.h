// The compiler and optimization level of this build, from predefined macros.
#pragma once

namespace c10k {

#define C10K_TEXT_OF(x) #x
#define C10K_TEXT(x) C10K_TEXT_OF(x)

inline constexpr const char* kBuild =
#if defined(__clang__)
    "clang " __clang_version__
#else
    "gcc " __VERSION__
#endif
#if !defined(__OPTIMIZE__)
    ", not optimized"
#elif defined(__OPTIMIZE_SIZE__)
    ", optimized for size"
#else
    ", optimized"
#endif
#if defined(__AVX512F__)
    ", AVX-512"
#elif defined(__AVX2__)
    ", AVX2"
#endif
#if defined(_FORTIFY_SOURCE)
    ", _FORTIFY_SOURCE=" C10K_TEXT(_FORTIFY_SOURCE)
#endif
#if defined(__SANITIZE_ADDRESS__)
        ", AddressSanitizer"
#endif
#if defined(__SANITIZE_THREAD__)
        ", ThreadSanitizer"
#endif
#if !defined(NDEBUG)
        ", assertions"
#endif
    ;

#undef C10K_TEXT
#undef C10K_TEXT_OF

}  // namespace c10k
