#!/bin/sh
# browser_test.sh WRITE_SAMPLE WORK: browser_test.js where there is node; else skipped.
set -eu
for program in node npm; do
  if ! command -v "$program" >/dev/null; then
    echo "skipped: $program is not installed"
    exit 77
  fi
done
mkdir -p "$2"
exec node "$(dirname "$0")/browser_test.js" "$1" "$2"
