#!/usr/bin/env bash
# The one command of the main job: installs what is missing, builds, and takes one demonstration
# district through the year 2025, to the ranking, the notification and a clean verification.
#   tools/demo.sh [DIR] [pufa demo options]     (default DIR: build/demo, made anew)
set -euo pipefail
cd "$(dirname "$0")/.."
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1   # a clone elsewhere finds the same objects
tools/packages.sh
cmake --preset release >/dev/null
cmake --build --preset release --target pufa pufa-verify
dir=${1:-build/demo}
[ $# -eq 0 ] || shift
[ "$dir" != build/demo ] || rm -rf build/demo
build/release/bin/pufa demo "$dir" "$@"
echo
echo "ledger: $dir    try: build/release/bin/pufa rank $dir --year 2025"
