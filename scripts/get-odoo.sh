#!/bin/sh
# Brings Odoo 19.0 into .odoo/ without installing anything and without root.
#
# On Debian it is the package `odoo-19` of the suite sid, with the packages its static files point into.
# They are downloaded with a private apt state (so the machine's own is untouched), checked by apt against
# the signed Release file of the machine's own mirror, and unpacked with dpkg. Elsewhere, or where the mirror
# has no odoo-19, it is a shallow clone of Odoo's official repository. The result appears under its name in one
# rename, with the file .odoo/source naming the folder to put on the Python path: a half-finished run leaves nothing.
set -eu
cd "$(dirname "$0")/.."
say() { printf '>> %s\n' "$*" >&2; }
die() { printf 'Error: %s\n' "$*" >&2; exit 1; }

[ -e .odoo/source ] && exit 0

keyring=/usr/share/keyrings/debian-archive-keyring.gpg
sid="odoo-19 libjs-jquery libjs-jquery-form libjs-underscore fonts-roboto-unhinted fonts-montserrat
    fonts-ocr-b fonts-glyphicons-halflings fonts-inconsolata"
work=$PWD/.odoo.tmp

# apt <suite> <mirror> <apt-get arguments...>: apt-get that knows only that suite of that mirror
apt() {
    state=$work/apt-$1; line="deb [signed-by=$keyring] $2 $1 main"; shift 2
    mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
    : >"$state/status"
    printf '%s\n' "$line" >"$state/sources.list"
    apt-get -q -o Dir::Etc::SourceList="$state/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State="$state" -o Dir::State::Lists="$state/lists" -o Dir::State::status="$state/status" \
        -o Dir::Cache="$state/cache" -o Acquire::Languages=none -o APT::Sandbox::User= -o APT::Get::List-Cleanup=false \
        -o Acquire::Retries=3 -o APT::Update::Error-Mode=any "$@"
}

# The addresses of the machine's own Debian mirrors and the name of its release, as apt knows them
mirrors() { apt-get update --print-uris | sed -n "s#^'\([^']*/debian\)/*/dists/.*InRelease'.*#\1#p" | sort -u; }
release() { . /etc/os-release; echo "${VERSION_CODENAME:-sid}"; }

from_debian() {
    [ -e "$keyring" ] && command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 1
    for mirror in $(mirrors); do
        say "looking for odoo-19 on this machine's Debian mirror"
        apt sid "$mirror" update >"$work/apt.log" 2>&1 || continue
        say "downloading odoo-19 (about 120 MB) and its static files"
        mkdir -p "$work/debs" "$work/root"
        (cd "$work/debs" && apt sid "$mirror" download $sid) >&2 || continue
        # Font Awesome 4.7: Debian 12 and 13 have it, sid has moved on
        for suite in "$(release)" bookworm; do
            apt "$suite" "$mirror" update >>"$work/apt.log" 2>&1 || continue
            (cd "$work/debs" && apt "$suite" "$mirror" download fonts-font-awesome) >&2 && break
        done
        ls "$work"/debs/fonts-font-awesome_* >/dev/null 2>&1 || continue
        say "unpacking"
        for deb in "$work"/debs/*.deb; do dpkg -x "$deb" "$work/root"; done
        addons=usr/lib/python3/dist-packages/odoo/addons
        [ -d "$work/root/$addons/crm" ] || die "the package odoo-19 has no crm addon where it was expected"
        # Left out of the package for its licence; the file's absence is an error in every page
        missing=$work/root/$addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
        [ -e "$missing" ] || { mkdir -p "${missing%/*}" && : >"$missing"; }
        echo root/usr/lib/python3/dist-packages >"$work/source"
        rm -rf "$work/debs" "$work"/apt-* "$work/apt.log"
        return 0
    done
    return 1
}

from_git() {
    command -v git >/dev/null || die "this machine's package mirror has no odoo-19, and git is missing: install git, or set ODOO_PATH"
    say "cloning Odoo's official repository, branch 19.0 (shallow, about 500 MB)"
    git clone --depth 1 --branch 19.0 https://github.com/odoo/odoo.git "$work/src" >&2 || return 1
    echo src >"$work/source"
}

rm -rf "$work"
mkdir -p "$work"
from_debian || from_git ||
    die "Odoo 19.0 could not be downloaded. Check the network, or set ODOO_PATH to a folder that has it, then run the command again."
rm -rf .odoo
mv "$work" .odoo
say "Odoo 19.0 is in .odoo/"
