// The TOML library's own code, compiled here once: the package's shared library would keep the
// stand-alone verifier from being linked statically.
#define TOML_ASSERT(holds) static_cast<void>(0)   // of malformed input it fails, which is refused a step later
#define TOML_IMPLEMENTATION
#include <toml++/toml.h>
