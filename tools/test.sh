#!/usr/bin/env bash
# The one command of the tests: installs what is missing, builds, runs every test.
#   tools/test.sh [release|asan]…     (default: release, then asan)
set -euo pipefail
cd "$(dirname "$0")/.."
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1   # a clone elsewhere finds the same objects
tools/packages.sh
presets=("$@")
[ ${#presets[@]} -gt 0 ] || presets=(release asan)
for preset in "${presets[@]}"; do
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset"
  ctest --preset "$preset" -j "$(nproc)"
done
