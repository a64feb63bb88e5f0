// The TOML library's own code, compiled here once: the package's shared library would keep the
// stand-alone verifier from being linked statically.
#define TOML_IMPLEMENTATION
#include <toml++/toml.h>
