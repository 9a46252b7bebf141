#!/bin/sh
# Feeds libFuzzer's inputs to what reads foreign bytes: tools/fuzz.sh [--build-only] [TARGET] [SECONDS]
# TARGET: xml, json, listing, signature, evidence, as2 or all (the default); SECONDS for each, 60 by default. Ends with 77
# where Clang 14 or its libFuzzer is missing. The corpus is kept in build/fuzz/corpus/TARGET, an input that fails in
# build/fuzz/failing.
set -eu
cd "$(dirname "$0")/.."

targets="xml json listing signature evidence as2"
run=yes
if [ "${1-}" = --build-only ]; then
  run=no
  shift
fi
target=${1-all}
seconds=${2-60}
case " all $targets " in
  *" $target "*) ;;
  *)
    echo "usage: tools/fuzz.sh [--build-only] [xml|json|listing|signature|evidence|as2|all] [SECONDS]" >&2
    exit 2
    ;;
esac
[ "$target" = all ] || targets=$target

build=build/fuzz
mkdir -p "$build"
if ! echo 'extern "C" int LLVMFuzzerTestOneInput(const char*, unsigned long) { return 0; }' |
  clang++-14 -fsanitize=fuzzer -x c++ -o "$build/probe.$$" - 2>"$build/probe.$$.told"; then
  echo "no fuzzing: Clang 14 with libFuzzer is not here (apt-get install clang-14 libclang-rt-14-dev)" >&2
  rm -f "$build/probe.$$" "$build/probe.$$.told"
  exit 77
fi
rm -f "$build/probe.$$" "$build/probe.$$.told"

# One build at a time, whoever asks for it.
(
  flock 9
  [ -f "$build/build.ninja" ] || cmake --preset fuzz
  cmake --build --preset fuzz
) 9>"$build/.lock"
[ "$run" = yes ] || exit 0

samples=../shared/samples/202205
seeds_of() {
  seeds=$build/seeds/$1
  mkdir -p "$seeds" "$build/corpus/$1" "$build/failing"
  [ ! -d "tests/fuzz/seeds/$1" ] || cp "tests/fuzz/seeds/$1/"* "$seeds"
  if [ "$1" = signature ]; then
    [ -d "$build/signature" ] || "$build/bin/fuzz_signature_seeds" "$build/signature"
    cp "$build/signature/"*.xml "$seeds"
  fi
  if [ "$1" = as2 ]; then
    [ -d "$build/as2" ] || "$build/bin/fuzz_as2_seeds" "$build/as2"
    cp "$build/as2/"*.seed "$seeds"
  fi
  [ "$1" != evidence ] || "$build/bin/fuzz_evidence_seeds" "$seeds"
  [ -d "$samples" ] || return 0
  case $1 in
    xml) cp "$samples"/*/*.xml "$seeds" ;;
    json) "$build/bin/fuzz_json_seeds" "$seeds" "$samples"/*/*.xml ;;
  esac
}

status=0
for name in $targets; do
  seeds_of "$name"
  echo "fuzz_$name: $seconds s"
  if ! "$build/bin/fuzz_$name" -max_total_time="$seconds" -max_len=65536 -timeout=20 -rss_limit_mb=2048 \
    -print_final_stats=1 -dict="tests/fuzz/dictionaries/$name.dict" \
    -artifact_prefix="$build/failing/$name-" "$build/corpus/$name" "$build/seeds/$name"; then
    echo "fuzz_$name failed; its inputs:" >&2
    ls -t "$build/failing/$name-"* >&2 || true
    echo "once more: $build/bin/fuzz_$name INPUT" >&2
    status=1
  fi
done
exit $status
