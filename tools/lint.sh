#!/usr/bin/env bash
# clang-tidy (.clang-tidy says what it looks for) and cppcheck over the product's code. Status 0: nothing found. Some ten
# minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/packages.sh clang-14 clang-tidy-14 cppcheck >&2

# Left out: passedByValue takes views of texts for texts; internalAstError is its own, where it cannot read C++20.
cppcheck --quiet --error-exitcode=1 --std=c++20 --language=c++ --enable=warning,performance,portability -I. -j "$(nproc)" \
  '-DKJ_IF_MAYBE(name, value)=if (auto* name = value)' \
  --suppress=passedByValue --suppress=internalAstError --suppress=missingIncludeSystem ledger projections tools

cmake -S . -B build/lint -G Ninja -DCMAKE_CXX_COMPILER=clang++-14 -DCMAKE_C_COMPILER=clang-14 -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  -DCMAKE_EXPORT_COMPILE_COMMANDS=ON -DUNITY=ON -DBUILD_TESTING=OFF >/dev/null
ninja -C build/lint generated/ledger/types.h share/verifier.html tools/demo/csv_tables.cc >/dev/null
python3 -c '
import json
made = {"csv_tables.cc", "page.cc", "default_scheme.cc"}
for file in sorted({c["file"] for c in json.load(open("build/lint/compile_commands.json"))}):
    if not file.endswith(".c++") and not ("/build/" in file and file.rsplit("/", 1)[1] in made): print(file)' |
  xargs -P "$(nproc)" -I{} clang-tidy-14 -p build/lint --config-file=.clang-tidy --quiet {} 2> >(grep -v 'warnings generated' >&2 || true)
