#!/bin/sh
# mutate.sh SOURCE MUTATED EXPRESSION: SOURCE with sed's EXPRESSION applied, which must change it.
set -eu
mkdir -p "$(dirname "$2")"
sed -E "$3" "$1" >"$2"
! cmp -s "$1" "$2" || { echo "the mutation changes nothing in $1: $3" >&2; rm "$2"; exit 1; }
