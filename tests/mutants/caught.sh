#!/bin/sh
# caught.sh PROGRAM CASE: the case fails by its own checks: it neither passes nor crashes, hangs or is missing.
out=$("$1" "$2" 2>&1)
status=$?
echo "$out" | tail -5
[ $status -ge 1 ] && [ $status -lt 126 ] && echo "$out" | grep -q "FAILED:" && ! echo "$out" | grep -q "No test cases matched"
