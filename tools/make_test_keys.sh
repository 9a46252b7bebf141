#!/bin/sh
# Makes an SM2 test authority and one enterprise key with its certificate for each NAME, with the openssl program (3.0):
# DIR/ca.cert.pem, DIR/NAME.key.pem (mode 0600), DIR/NAME.cert.pem. For tests and the demonstration only.
set -eu

if [ $# -lt 2 ]; then
  echo "usage: tools/make_test_keys.sh DIR NAME..." >&2
  exit 2
fi
directory=$1
shift
umask 077
mkdir -p "$directory"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# GM/T 0009-2012 §10: the user id of certificates too; openssl would take the empty one.
user_id=distid:1234567812345678

cat >"$work/profile" <<'PROFILE'
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[enterprise]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
PROFILE

openssl genpkey -algorithm SM2 -out "$work/ca.key.pem"
openssl req -config "$work/profile" -x509 -new -sm3 -sigopt "$user_id" -days 3650 -extensions authority \
  -subj "/C=CN/O=Test/CN=Test SM2 root" -key "$work/ca.key.pem" -out "$directory/ca.cert.pem"

for name in "$@"; do
  key=$directory/$name.key.pem
  certificate=$directory/$name.cert.pem
  openssl genpkey -algorithm SM2 -out "$key"
  chmod 600 "$key"
  openssl req -config "$work/profile" -new -sm3 -sigopt "$user_id" -subj "/C=CN/OU=$name/CN=operator" -utf8 \
    -key "$key" -out "$work/request.pem"
  openssl x509 -req -sm3 -sigopt "$user_id" -vfyopt "$user_id" -days 1825 -set_serial "0x03$(openssl rand -hex 7)" \
    -extfile "$work/profile" -extensions enterprise -CA "$directory/ca.cert.pem" -CAkey "$work/ca.key.pem" \
    -in "$work/request.pem" -out "$certificate" 2>"$work/told" || { cat "$work/told" >&2; exit 1; }
  openssl verify -vfyopt "$user_id" -CAfile "$directory/ca.cert.pem" "$certificate" >/dev/null
done
