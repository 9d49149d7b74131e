#!/bin/sh
# unpack-debs.sh FOLDER SUITE PACKAGE...: unpacks Debian packages into FOLDER/root, installing nothing, without root.
#
# A private apt state (sources, lists, status, cache) knows one suite of the mirror this machine already uses, so the
# machine's own state stays as it is, and apt still checks each package against the signed Release file. SUITE may be
# `own`: the machine's release. Whole packages left in FOLDER/debs by an interrupted run are not downloaded again.
set -eu
folder=$1 suite=$2
shift 2
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e "$keyring" ] && command -v apt-get >/dev/null && command -v dpkg >/dev/null || exit 1
[ "$suite" != own ] || suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-sid}")

state=$folder/apt-$suite
mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$folder/debs" "$folder/root"
: >"$state/status"
apt() {
    apt-get -q -o Dir::Etc::SourceList="$state/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State="$state" -o Dir::State::Lists="$state/lists" -o Dir::State::status="$state/status" \
        -o Dir::Cache="$state/cache" -o Acquire::Languages=none -o APT::Sandbox::User=root -o Acquire::Retries=3 \
        -o APT::Update::Error-Mode=any "$@"
}

# Where this machine's main (not -security, not -updates) Debian release comes from, as apt knows it
for mirror in $(apt-get update --print-uris | sed -n "s#^'\([^' ]*\)/dists/[a-z]*/[A-Za-z]*Release'.*#\1#p" | awk '!seen[$0]++'); do
    echo "deb [signed-by=$keyring] $mirror $suite main" >"$state/sources.list"
    apt update >"$state/log" 2>&1 || continue
    (cd "$folder/debs" && apt download "$@") >&2 || continue
    for package in "$@"; do
        for deb in "$folder/debs/${package}"_*.deb; do dpkg -x "$deb" "$folder/root"; done
    done
    exit 0
done
[ ! -s "$state/log" ] || grep -E '^(E|Err|W):?' "$state/log" | head -3 >&2 || true
exit 1
