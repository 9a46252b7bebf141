#!/bin/sh
# Runs a plan in a scratch folder that goes with it: run.sh CEBGATE PLAN
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" jointtest run "$2" --run-dir "$folder/run"
