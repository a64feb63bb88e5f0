#!/bin/sh
# run.sh PUFA PUFA_VERIFY EVIDENCE_TEST: in the current folder, lets `browser/` hold the packages, the page and the cases.
set -eu
source=$(dirname "$(readlink -f "$0")")
rm -rf browser/cases
mkdir -p browser/cases
cp "$source/package.json" "$source/package-lock.json" "$source/verifier.mjs" browser/
(cd browser && { cmp -s package-lock.json node_modules/installed-for || { npm ci --silent && cp package-lock.json node_modules/installed-for; }; })
"$1" verifier -o browser/verifier.html >/dev/null
PUFA_PAGE_CASES=browser/cases "$3" '[page]' >/dev/null
node browser/verifier.mjs browser/verifier.html "$2" browser/cases browser/verifier.png
