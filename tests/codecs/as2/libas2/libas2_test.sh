#!/bin/sh
# libas2_test.sh SCRIPT PROGRAM WORK: the script where there is node; else skipped.
set -eu
for program in node npm; do
  if ! command -v "$program" >/dev/null; then
    echo "skipped: $program is not installed"
    exit 77
  fi
done
mkdir -p "$3"

# What we encrypt has its key wrapped as most partners want it (PKCS #1 1.5), which some Node 20 open only when told so.
openness=--security-revert=CVE-2023-46809
node "$openness" -e 0 2>/dev/null || openness=
exec node $openness "$1" "$2" "$3"
