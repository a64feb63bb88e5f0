#include "tests/support/build.h"

namespace build {

const bool sanitized = SANITIZED;
const char* const pufa = PUFA;
const char* const pufa_verify = PUFA_VERIFY;
const char* const python = PYTHON;
const char* const full_disk = FULL_DISK;

}  // namespace build
