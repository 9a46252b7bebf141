#!/bin/sh
# Installs what is missing, builds everything and runs every test; the last lines are CTest's summary.
# tools/test.sh [--preset dev|release|asan-ubsan|tsan|clang]
set -eu
cd "$(dirname "$0")/.."

preset=dev
if [ "${1-}" = --preset ] && [ $# -eq 2 ]; then
  preset=$2
elif [ $# -ne 0 ]; then
  echo "usage: tools/test.sh [--preset NAME]" >&2
  exit 2
fi

tools/install_packages.sh build check
cmake --preset "$preset"
cmake --build --preset "$preset" --parallel "$(nproc)"
tools/fuzz.sh --build-only || [ $? -eq 77 ] # what the cases fuzz/* run; without Clang's libFuzzer they are skipped
# Most of their time the tests wait for programs that they have started: five at a time keep two cores busy.
exec ctest --test-dir "build/$preset" --output-on-failure -j5
