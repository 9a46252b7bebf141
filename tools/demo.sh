#!/usr/bin/env bash
# The main job, end to end, on this machine: installs what is missing, builds, starts the platform simulator and the gateway
# on free loopback ports in a fresh folder, posts an order, a payment, a waybill and the inventory that refers to them, each
# with its own enterprise's token, and shows how each comes to its end. --stay leaves both running until Ctrl-C, with one more
# order that customs has refused, and prints a one-time sign-in to the console.
set -euo pipefail
cd "$(dirname "$0")/.."

stay=no
case ${1-} in
  --stay) stay=yes ;;
  '') ;;
  *)
    echo "usage: tools/demo.sh [--stay]" >&2
    exit 2
    ;;
esac

tools/install_packages.sh build
[ -f build/release/build.ninja ] || cmake --preset release
cmake --build --preset release --parallel "$(nproc)" --target cebgate cebgate-platform
bin=$PWD/build/release/bin

folder=$(mktemp -d "${TMPDIR:-/tmp}/cebgate-demo-XXXXXX")
chmod 700 "$folder"
running=()

finish() {
  local result=$?
  trap - EXIT
  local pid name
  for pid in "${running[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${running[@]}"; do wait "$pid" 2>/dev/null || true; done
  if [ "$result" -ne 0 ]; then
    for name in platform gateway; do
      [ -f "$folder/$name.log" ] || continue
      echo "--- the end of $name.log" >&2
      tail -n 40 "$folder/$name.log" >&2
    done
  fi
  rm -rf "$folder"
  exit "$result"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
  echo "demo: $*" >&2
  exit 1
}

# start NAME PROGRAM…: runs it in the background and waits for the address in its first line; sets `address`.
start() {
  local name=$1 deadline=$((SECONDS + 30)) pid
  shift
  : >"$folder/$name.out"
  "$@" >"$folder/$name.out" 2>"$folder/$name.log" &
  pid=$!
  running+=("$pid")
  until grep -q '^listening on ' "$folder/$name.out"; do
    kill -0 "$pid" 2>/dev/null || fail "the $name did not start"
    [ "$SECONDS" -lt "$deadline" ] || fail "the $name does not listen"
    sleep 0.05
  done
  address=$(sed -n '1s/^listening on //p' "$folder/$name.out")
}

# ---- three invented enterprises ----
shop=4601960001 payer=4601960002 carrier=4601960003
mkdir "$folder/tokens"
tools/make_test_keys.sh "$folder/keys" "$shop" "$payer" "$carrier"
for code in "$shop" "$payer" "$carrier"; do
  (umask 077 && openssl rand -hex 32 >"$folder/tokens/$code")
done

dxp_id() { echo "DXPENT000000000${1: -1}"; }

enterprise_settings() {  # CODE NAME ROLES
  local digest
  digest=$(tr -d '\n' <"$folder/tokens/$1" | sha256sum | cut -d ' ' -f 1)
  cat <<SETTINGS

[[enterprise]]
code = "$1"
name = "$2"
roles = [$3]
dxp_id = "$(dxp_id "$1")"
port = "hainan"
key = "file:keys/$1.key.pem"
certificate = "file:keys/$1.cert.pem"

[[client]]
name = "erp-$1"
role = "submitter"
enterprises = ["$1"]
token_sha256 = "$digest"
SETTINGS
}

number=$(date +%Y%m%d%H%M%S)$(openssl rand -hex 3 | tr a-f A-F)
refused=DD${number}R
printf 'CEB311Message/%s/%s\t100\t订购人与支付人不匹配\n' "$shop" "$refused" >"$folder/scenario.tsv"

start platform "$bin/cebgate-platform" --scenario "$folder/scenario.tsv" --listen 127.0.0.1:0 --trust "$folder/keys/ca.cert.pem" \
  --enterprise "$shop:$(dxp_id "$shop")" --enterprise "$payer:$(dxp_id "$payer")" --enterprise "$carrier:$(dxp_id "$carrier")"
platform=$address

{
  cat <<SETTINGS
[server]
listen = "127.0.0.1:0"

[ledger]
url = "sqlite:ledger.db"

[[port]]
name = "hainan"
profile = "hainan-http"
url = "$platform"
poll_interval = "500ms"
SETTINGS
  enterprise_settings "$shop" "示例电子商务有限公司" '"ecommerce", "platform"'
  enterprise_settings "$payer" "示例支付有限公司" '"payment"'
  enterprise_settings "$carrier" "示例快递有限公司" '"logistics"'
} >"$folder/cebgate.toml"

start gateway "$bin/cebgate" serve --config "$folder/cebgate.toml"
gateway=$address
echo "platform simulator: $platform"
echo "gateway:            $gateway"

# ---- four documents with new business numbers ----
today=$(TZ=Asia/Shanghai date +%Y%m%d)
person='"buyerIdType":"1","buyerIdNumber":"990000199001010017","buyerName":"测试甲","buyerTelephone":"10000000000"'
shops="\"ebpCode\":\"$shop\",\"ebpName\":\"示例电子商务有限公司\",\"ebcCode\":\"$shop\",\"ebcName\":\"示例电子商务有限公司\""
receiver='"consignee":"测试甲","consigneeTelephone":"10000000000","consigneeAddress":"海南省海口市示例路1号"'

cat >"$folder/order.json" <<JSON
{"type":"CEB311Message","enterprise":"$shop","document":{
  "OrderHead":{"orderType":"I","orderNo":"DD$number",$shops,
    "goodsValue":"244.00","freight":"10.00","discount":"5.00","taxTotal":"22.20","acturalPaid":"271.20","currency":"142",
    "buyerRegNo":"user-1",$person,$receiver,
    "payCode":"$payer","payName":"示例支付有限公司","payTransactionId":"ZF$number"},
  "OrderList":[
    {"gnum":"1","itemNo":"A-1","itemName":"示例面霜","gmodel":"示例牌，50毫升","unit":"011","qty":"2","price":"99.50",
      "totalPrice":"199.00","currency":"142","country":"110"},
    {"gnum":"2","itemNo":"A-2","itemName":"示例香皂","gmodel":"示例牌，100克","unit":"011","qty":"1","price":"45.00",
      "totalPrice":"45.00","currency":"142","country":"110"}]}}
JSON
cat >"$folder/payment.json" <<JSON
{"type":"CEB411Message","enterprise":"$payer","document":{
  "PaymentHead":{"payCode":"$payer","payName":"示例支付有限公司","payTransactionId":"ZF$number","orderNo":"DD$number",
    "ebpCode":"$shop","ebpName":"示例电子商务有限公司","payerIdType":"1","payerIdNumber":"990000199001010017",
    "payerName":"测试甲","amountPaid":"271.20","currency":"142","payTime":"${today}090000"}}}
JSON
cat >"$folder/waybill.json" <<JSON
{"type":"CEB511Message","enterprise":"$carrier","document":{
  "LogisticsHead":{"logisticsCode":"$carrier","logisticsName":"示例快递有限公司","logisticsNo":"YD$number",
    "orderNo":"DD$number","freight":"10.00","insuredFee":"0","currency":"142","weight":"1.2","packNo":"1",
    "goodsInfo":"示例面霜2件，示例香皂1件",$receiver}}}
JSON
cat >"$folder/inventory.json" <<JSON
{"type":"CEB621Message","enterprise":"$shop","document":{
  "InventoryHead":{"appStatus":"2","orderNo":"DD$number",$shops,"logisticsNo":"YD$number","logisticsCode":"$carrier",
    "logisticsName":"示例快递有限公司","assureCode":"$shop","emsNo":"T6409W000001","ieFlag":"I","declTime":"$today",
    "customsCode":"6409","portCode":"6409",$person,"consigneeAddress":"海南省海口市示例路1号",
    "agentCode":"$shop","agentName":"示例电子商务有限公司","areaCode":"$shop","areaName":"示例电子商务有限公司",
    "tradeMode":"1210","trafMode":"4","country":"142","freight":"10.00","insuredFee":"0","currency":"142","packNo":"1",
    "grossWeight":"1.2","netWeight":"1.0"},
  "InventoryList":[
    {"gnum":"1","itemRecordNo":"1","itemNo":"A-1","itemName":"示例面霜","gcode":"3304990039","gname":"示例面霜",
      "gmodel":"示例牌，50毫升","barCode":"无","country":"110","currency":"142","qty":"2","unit":"011","qty1":"0.1",
      "unit1":"035","qty2":"2","unit2":"011","price":"99.50","totalPrice":"199.00"},
    {"gnum":"2","itemRecordNo":"2","itemNo":"A-2","itemName":"示例香皂","gcode":"3401110000","gname":"示例香皂",
      "gmodel":"示例牌，100克","barCode":"无","country":"110","currency":"142","qty":"1","unit":"011","qty1":"0.1",
      "unit1":"035","price":"45.00","totalPrice":"45.00"}]}}
JSON

# as CODE COMMAND…: what that enterprise's ERP does.
as() {
  local code=$1 command=$2
  shift 2
  "$bin/cebgate" "$command" --url "$gateway" --token-file "$folder/tokens/$code" "$@"
}

declare -A key owner
post() {  # NAME CODE
  local told
  told=$(as "$2" submit "$folder/$1.json") || fail "the $1 was not accepted"
  echo "$1: $told"
  owner[$1]=$2
  read -r _ "key[$1]" _ <<<"$told"
}
echo
post order "$shop"
post payment "$payer"
post waybill "$carrier"
post inventory "$shop"

# ---- until customs is done with each ----
deadline=$((SECONDS + 60))
wait_for() {  # NAME MEMBER VALUE
  local listed
  while true; do
    listed=$(as "${owner[$1]}" list --key "${key[$1]}" --format json) || fail "the gateway does not answer"
    grep -Eq "\"$2\": *\"$3\"" <<<"$listed" && return
    grep -Eq '"state": *"(refused|held|withdrawn)"' <<<"$listed" && break
    [ "$SECONDS" -lt "$deadline" ] || break
    sleep 0.2
  done
  as "${owner[$1]}" status "${key[$1]}" >&2 || true
  fail "the $1 was not $3 within 60 s"
}
wait_for order state settled
wait_for payment state settled
wait_for waybill state settled
wait_for inventory outcome released

for name in order payment waybill inventory; do
  echo
  as "${owner[$name]}" status "${key[$name]}"
done
echo
echo "order, payment and waybill are settled, the inventory is released"

if [ "$stay" = yes ]; then
  trap 'exit 0' INT TERM
  sed "s/DD$number/$refused/" "$folder/order.json" >"$folder/refused.json"
  post refused "$shop"
  user=("$bin/cebgate" user add demo --role admin --enterprise '*' --config "$folder/cebgate.toml")
  code=$("${user[@]}" --one-time --format json | sed -n 's/.*"code": *"\([^"]*\)".*/\1/p')
  [ -n "$code" ] || fail "there is no one-time sign-in"
  echo
  echo "console:            $gateway/console/"
  echo "sign in, once:      $gateway/console/#code=$code"
  echo "                    (good for 15 minutes; another: cebgate user passwd demo --one-time --config $folder/cebgate.toml)"
  echo "to try there:       find the refused order $refused, see why, amend it"
  echo
  echo "still running: platform simulator $platform, gateway $gateway"
  echo "tokens: $folder/tokens/ (one file for each enterprise); Ctrl-C stops both"
  while true; do sleep 3600 & wait $!; done
fi
