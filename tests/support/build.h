// What differs from build to build. The tests' own code is the same in all of them, so that a compiler cache makes it once.
#pragma once

namespace build {

extern const bool sanitized;             // the product's code is some ten times slower
extern const char* const pufa;           // paths of programs
extern const char* const pufa_verify;
extern const char* const python;         // empty: not looked for
extern const char* const full_disk;      // of support/full_disk.c, to be preloaded

}  // namespace build
