#!/usr/bin/env bash
# Measures the gateway on this machine: builds release, starts the platform simulator and a gateway on free loopback ports in
# a fresh folder, lets cebgate-bench post, and prints each figure beside its aim. The parts:
#   accept    arrays of 100 while the port is away: what intake and the ledger take
#   singles   one document a post on 16 connections, port away
#   latency   p99 of arrays and of singles at half the aimed load, port away
#   batched   end to end, batch_limit = 100          unbatched  end to end, batch_limit = 1
#   ledger    memory, search and start with a large ledger, a tenth of it waiting
#   gateways  end to end, batch_limit = 100, on a PostgreSQL ledger: one gateway, then two, a load generator for each
set -euo pipefail
cd "$(dirname "$0")/.."

parts=(accept singles latency batched unbatched ledger gateways) duration=20s ledger_documents=100000 output=build/release/measures.json
connections=4 overlap=2m build=yes
usage() {
  echo "usage: tools/measure.sh [--parts accept,singles,…] [--duration 20s] [--ledger-documents N] [--connections N]" >&2
  echo "                        [--overlap 2m] [--output FILE.json] [--no-build]" >&2
  exit 2
}
while [ $# -gt 0 ]; do
  case $1 in
    --no-build) build=no; shift; continue ;;
    --parts | --duration | --ledger-documents | --connections | --overlap | --output) [ $# -ge 2 ] || usage ;;
    *) usage ;;
  esac
  case $1 in
    --parts) IFS=, read -ra parts <<<"$2" ;;
    --duration) duration=$2 ;;
    --ledger-documents) ledger_documents=$2 ;;
    --connections) connections=$2 ;;
    --overlap) overlap=$2 ;;
    --output) output=$2 ;;
  esac
  shift 2
done
for part in "${parts[@]}"; do
  case $part in accept | singles | latency | batched | unbatched | ledger | gateways) ;; *) usage ;; esac
done

if [ "$build" = yes ]; then
  tools/install_packages.sh build
  [ -f build/release/build.ninja ] || cmake --preset release
  cmake --build --preset release --parallel "$(nproc)" --target cebgate cebgate-platform cebgate-bench bench
fi
bin=$PWD/build/release/bin

folder=$(mktemp -d "${TMPDIR:-/tmp}/cebgate-measure-XXXXXX")
chmod 700 "$folder"
running=()
stop_all() {
  local pid
  for pid in "${running[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${running[@]}"; do wait "$pid" 2>/dev/null || true; done
  running=()
}
finish() {
  local result=$?
  trap - EXIT
  stop_all
  rm -rf "$folder"
  exit "$result"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# start NAME PROGRAM…: runs it in the background until it listens; sets `address` and `pid`.
start() {
  local name=$1 deadline=$((SECONDS + 60))
  shift
  : >"$folder/$name.out"
  "$@" >"$folder/$name.out" 2>"$folder/$name.log" &
  pid=$!
  running+=("$pid")
  until grep -q '^listening on ' "$folder/$name.out"; do
    if ! kill -0 "$pid" 2>/dev/null || [ "$SECONDS" -ge "$deadline" ]; then
      tail -n 40 "$folder/$name.log" >&2
      echo "measure: the $name did not start" >&2
      exit 2
    fi
    sleep 0.02
  done
  address=$(sed -n '1s/^listening on //p' "$folder/$name.out")
}

ledger_url=sqlite:ledger.db
shop=4601960001
tools/make_test_keys.sh "$folder/keys" "$shop" >/dev/null
(umask 077 && openssl rand -hex 32 >"$folder/token")

settings() {  # PORT-URL BATCH_LIMIT
  cat <<SETTINGS
[server]
listen = "127.0.0.1:0"

[ledger]
url = "$ledger_url"

[[port]]
name = "hainan"
profile = "hainan-http"
url = "$1"
batch_limit = $2
poll_interval = "500ms"
overlap = "$overlap"

[[enterprise]]
code = "$shop"
name = "示例电子商务有限公司"
roles = ["ecommerce", "platform", "payment", "logistics"]
dxp_id = "DXPENT0000000001"
port = "hainan"
key = "file:../keys/$shop.key.pem"
certificate = "file:../keys/$shop.cert.pem"

[[client]]
name = "erp"
role = "submitter"
enterprises = ["$shop"]
token_sha256 = "$(tr -d '\n' <"$folder/token" | sha256sum | cut -d ' ' -f 1)"
SETTINGS
}

start_platform() { start platform "$bin/cebgate-platform" --listen 127.0.0.1:0 --trust "$folder/keys/ca.cert.pem"; }
start_gateway() {
  start gateway "$bin/cebgate" serve --config "$folder/site/cebgate.toml"
  gateway=$address gateway_pid=$pid
}
fresh_site() {  # PORT-URL BATCH_LIMIT
  rm -rf "$folder/site"
  mkdir "$folder/site"
  settings "$1" "$2" >"$folder/site/cebgate.toml"
  start_gateway
}
away=http://127.0.0.1:9  # discard: nobody listens there
# load NAME OPTION…: one run of the load generator; its JSON goes to NAME.json.
load() {
  local name=$1 status=0
  shift
  echo "measure: $name" >&2
  "$bin/cebgate-bench" --url "$gateway" --token-file "$folder/token" --enterprise "$shop" --pid "$gateway_pid" --format json \
    "$@" >"$folder/$name.json" || status=$?
  [ "$status" -lt 2 ] || exit 2
}

site_without_platform() { stop_all; fresh_site "$away" 100; }
measure_accept() { site_without_platform; load accept --array 100 --connections "$connections" --duration "$duration" --until accepted; }
measure_singles() { site_without_platform; load singles --connections 16 --duration "$duration" --until accepted; }
measure_latency() {
  site_without_platform
  load latency-arrays --array 100 --connections 16 --rate 2500 --duration "$duration" --until accepted
  site_without_platform
  load latency-singles --connections 16 --rate 750 --duration "$duration" --until accepted
}
site_with_platform() {  # BATCH_LIMIT
  stop_all
  start_platform
  local platform=$address
  fresh_site "$platform" "$1"
}
end_to_end() { load "$1" --array 100 --connections "$connections" --settle-within 600s "${@:2}"; }
measure_batched() { site_with_platform 100; end_to_end batched --duration "$duration"; }
measure_unbatched() {
  build/release/tests/bench --benchmark_filter=sign_sm2_by_botan --benchmark_format=json >"$folder/signing.json" 2>/dev/null
  site_with_platform 1
  end_to_end unbatched --duration "$duration"
}
milliseconds() { echo $(($(date +%s%N) / 1000000)); }
measure_ledger() {
  local begun settled=$((ledger_documents * 9 / 10)) waiting=$((ledger_documents / 10)) key
  site_with_platform 100
  end_to_end ledger-settled --documents "$settled"
  stop_all
  settings "$away" 100 >"$folder/site/cebgate.toml"
  start_gateway
  load ledger-waiting --array 100 --connections "$connections" --documents "$waiting" --until accepted
  key=$(curl -sS -H "Authorization: Bearer $(cat "$folder/token")" "$gateway/v1/documents?limit=1000" |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["documents"][-1]["key"])')
  for _ in $(seq 20); do
    curl -sS -o "$folder/found" -w '%{time_total}\n' -G -H "Authorization: Bearer $(cat "$folder/token")" \
      --data-urlencode "key=$key" "$gateway/v1/documents"
  done >"$folder/searches.txt"
  stop_all
  begun=$(milliseconds)
  start_gateway
  echo $(($(milliseconds) - begun)) >"$folder/start.txt"
  du -sb "$folder/site" | cut -f 1 >"$folder/size.txt"
}

# A PostgreSQL 15 of its own, which refuses root; everything durable. Sets ledger_url.
start_database() {
  local programs=/usr/lib/postgresql/15/bin database=$folder/postgres as_its_user=()
  mkdir "$database"
  chmod 755 "$folder"
  if [ "$(id -u)" = 0 ]; then
    as_its_user=(setpriv --reuid postgres --regid postgres --clear-groups)
    chown postgres "$database"
  fi
  (cd / && "${as_its_user[@]}" "$programs/initdb" -D "$database/data" -U cebgate --auth=trust -E UTF8 --locale=C >/dev/null)
  (cd / && exec "${as_its_user[@]}" "$programs/postgres" -D "$database/data" -k "$database" -c listen_addresses= -c max_connections=100) \
    >"$folder/postgres.log" 2>&1 &
  running+=($!)
  until "$programs/pg_isready" -q -h "$database"; do
    kill -0 "${running[-1]}" 2>/dev/null || { cat "$folder/postgres.log" >&2; echo "measure: PostgreSQL did not start" >&2; exit 2; }
    sleep 0.1
  done
  ledger_url="postgresql://cebgate@/postgres?host=$database"
}
measure_gateways() {
  local platform other
  stop_all
  start_platform
  platform=$address
  start_database
  fresh_site "$platform" 100
  end_to_end one-gateway --duration "$duration"
  end_to_end first-of-two --duration "$duration" &
  other=$!
  start_gateway
  end_to_end second-of-two --duration "$duration"
  wait "$other"
  stop_all
  rm -rf "$folder/postgres"
  ledger_url=sqlite:ledger.db
}

for part in "${parts[@]}"; do "measure_$part"; done
stop_all
python3 tools/measures.py "$folder" "$output"
