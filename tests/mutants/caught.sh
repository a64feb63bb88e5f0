#!/bin/sh
# caught.sh PROGRAM CASE: the case fails by a check of its own: it neither passes nor crashes, hangs or is missing.
out=$("$1" "$2" --abort 2>&1)
echo "$out" | tail -12
echo "$out" | grep -q "FAILED:" && echo "$out" | grep -q "^test cases: .* failed" && ! echo "$out" | grep -q "fatal error condition"
