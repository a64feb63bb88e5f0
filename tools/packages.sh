#!/usr/bin/env bash
# Installs the Debian packages that the build and the tests need, and those that are named, skipping what is there.
set -euo pipefail
packages=(g++ cmake ninja-build ccache pkg-config librocksdb-dev libcapnp-dev capnproto libssl-dev openssl catch2
  libexpected-dev nlohmann-json3-dev libcli11-dev libfmt-dev libtomlplusplus-dev librapidcheck-dev libutf8proc-dev
  libjemalloc-dev libcpp-httplib-dev libqrencode-dev zbar-tools robin-map-dev golang-go golang-golang-x-mod-dev python3 chromium "$@")
# Node.js from elsewhere is as good, and excludes Debian's.
command -v node >/dev/null || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)
missing=()
for p in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
done
[ ${#missing[@]} -eq 0 ] && exit 0
sudo=
[ "$(id -u)" -eq 0 ] || sudo=sudo
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
