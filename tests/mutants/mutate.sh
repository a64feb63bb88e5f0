#!/bin/sh
# mutate.sh SOURCE MUTATED SED: SOURCE changed by the script SED; one that changes nothing is an error.
set -eu
mkdir -p "$(dirname "$2")"
sed -E -f "$3" "$1" >"$2"
! cmp -s "$1" "$2" || { echo "$3 changes nothing in $1" >&2; rm "$2"; exit 1; }
