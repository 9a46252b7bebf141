#!/bin/sh
# Installs what a Debian 12 machine lacks: tools/install_packages.sh build [check]. Nothing missing: nothing is done.
# Neither root nor sudo: prints the line to run and ends with 2. No service of these packages is started.
set -eu

build_packages="cmake ninja-build g++ pkg-config openssl python3
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libpugixml-dev libxml2-dev libxmlsec1-dev libssl-dev libbotan-2-dev libp11-kit-dev
  libsqlite3-dev libpq-dev zlib1g-dev libzstd-dev libjemalloc-dev libcsv-dev libzip-dev libtomlplusplus-dev libcli11-dev libspdlog-dev
  prometheus-cpp-dev librabbitmq-dev libqpid-proton-cpp12-dev libcurl4-openssl-dev
  libgtest-dev libgmock-dev libbenchmark-dev"
check_packages="lld clang-14 clang-format-14 clang-tidy-14 libclang-rt-14-dev xmlsec1 libxml2-utils curl softhsm2 postgresql-15 faketime
  rabbitmq-server vsftpd python3-lxml python3-jsonschema php-cli openjdk-17-jdk-headless
  chromium fonts-noto-cjk"

# The console is built with node; one that does not come from Debian does as well, and Debian's would stand in its way.
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  build_packages="$build_packages nodejs npm"
fi

packages_of() {
  case $1 in
    build) echo "$build_packages" ;;
    check) echo "$check_packages" ;;
    *)
      echo "usage: tools/install_packages.sh build [check]" >&2
      exit 2
      ;;
  esac
}

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]
}

missing=
for set in "$@"; do
  packages=$(packages_of "$set")
  for package in $packages; do
    is_installed "$package" || missing="$missing $package"
  done
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -v; then
  as_root=sudo
else
  echo "packages are missing, and there is neither root nor sudo; run as root:" >&2
  echo "  apt-get update && apt-get install -y --no-install-recommends$missing" >&2
  exit 2
fi

echo "installing:$missing"
$as_root apt-get update -q
# A server package would start its server as it is installed (Debian policy, invoke-rc.d).
starts_nothing=/usr/sbin/policy-rc.d
if [ ! -e "$starts_nothing" ]; then
  trap '$as_root rm -f "$starts_nothing"' EXIT
  printf '#!/bin/sh\nexit 101\n' | $as_root tee "$starts_nothing" >/dev/null
  $as_root chmod 755 "$starts_nothing"
fi
# shellcheck disable=SC2086  # a list of names
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
