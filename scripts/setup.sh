#!/bin/sh
# Brings what every command needs, unless it is there: Odoo 19.0 in .odoo/ and the Python environment .venv/.
#
# Nothing is installed into the machine and root is not needed. Odoo is Debian's package `odoo-19` (suite sid), or,
# away from Debian, a shallow clone of Odoo's official repository; ODOO_PATH names another source tree to use instead.
# Each part is built under a temporary name and counts only once renamed or stamped, so an interrupted run is harmless.
set -eu
cd "$(dirname "$0")/.."
say() { printf '>> %s\n' "$*" >&2; }
die() { printf 'Error: %s\n' "$*" >&2; exit 1; }

# ------------------------------------------------------------------ Odoo

odoo_from_debian() {
    say "downloading Odoo 19.0 from this machine's Debian mirror (about 130 MB)"
    scripts/unpack-debs.sh "$new" sid odoo-19 libjs-jquery libjs-jquery-form libjs-underscore fonts-roboto-unhinted \
        fonts-montserrat fonts-ocr-b fonts-glyphicons-halflings fonts-inconsolata || return 1
    # Odoo needs Font Awesome 4.7; sid has moved on to another, Debian 12 and 13 have it
    scripts/unpack-debs.sh "$new" own fonts-font-awesome || return 1
    odoo=$new/root/usr/lib/python3/dist-packages/odoo
    [ -d "$odoo/addons/crm" ] || die "the package odoo-19 holds no crm addon where it was expected"
    # The package leaves this file out, for its licence; each page would log an error about its absence
    missing=$odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
    [ -e "$missing" ] || { mkdir -p "${missing%/*}" && : >"$missing"; }
    rm -rf "$new/debs" "$new"/apt-*
    echo root/usr/lib/python3/dist-packages >"$new/source"
}

odoo_from_git() {
    command -v git >/dev/null || return 1
    say "cloning Odoo's official repository, branch 19.0 (shallow, some 500 MB)"
    git clone --depth 1 --branch 19.0 https://github.com/odoo/odoo.git "$new/src" >&2 || return 1
    echo src >"$new/source"
}

get_odoo() {
    [ -e .odoo/source ] && return
    new=$PWD/.odoo.tmp
    rm -rf "$new/root" "$new/src"
    mkdir -p "$new"
    odoo_from_debian || odoo_from_git ||
        die "Odoo 19.0 could not be downloaded. Check the network and run the command again, or name a source tree with ODOO_PATH."
    rm -rf .odoo
    mv "$new" .odoo
}

# ------------------------------------------------------------------ Python

# Debian keeps ensurepip, pip and the certificate authorities in packages of their own
authorities=/etc/ssl/certs/ca-certificates.crt
[ -e /etc/debian_version ] || authorities=/dev/null

pip_from_debian() {
    debs=$PWD/.venv.tmp
    rm -rf "$debs"
    site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    scripts/unpack-debs.sh "$debs" own python3-pip-whl || return 1
    .venv/bin/python -m zipfile -e "$debs/root/usr/share/python-wheels"/pip-*.whl "$site"
    if [ ! -e "$authorities" ]; then
        # Debian's pip looks for them in one place only, and does not even start without
        scripts/unpack-debs.sh "$debs" own ca-certificates || return 1
        cat "$debs/root/usr/share/ca-certificates/mozilla"/*.crt >.venv/ca-certificates.crt
        sed -i "s#$authorities#$PWD/.venv/ca-certificates.crt#" "$site/pip/_vendor/certifi/core.py"
    fi
    rm -rf "$debs"
}

get_venv() {
    stamp=.venv/requirements.txt
    cmp -s requirements.txt "$stamp" && .venv/bin/python -c '' 2>/dev/null && return
    python=${PYTHON:-python3}
    command -v "$python" >/dev/null || die "$python is missing: install python3 (3.10 or newer)"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
        die "Odoo 19 needs Python 3.10 or newer: name one with PYTHON=/path/to/python3"
    # Without a stamp the last run was interrupted: what it left may be half a package
    if [ ! -e "$stamp" ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        say "creating the Python environment"
        rm -rf .venv
        "$python" -m venv --without-pip .venv || die "$python cannot create a venv: install python3-venv"
        if [ -e "$authorities" ] && .venv/bin/python -c 'import ensurepip' 2>/dev/null; then
            .venv/bin/python -m ensurepip >/dev/null
        else
            pip_from_debian || die "pip is missing: install python3-venv and ca-certificates, or check the network"
        fi
    fi
    rm -f "$stamp"
    say "installing the Python packages of requirements.txt (half a minute)"
    .venv/bin/python -m pip install --disable-pip-version-check --no-input --progress-bar off -qq -r requirements.txt >&2 ||
        die "the Python packages could not be installed. Check the network and run the command again."
    cp requirements.txt "$stamp"
}

mkdir -p .data
if command -v flock >/dev/null; then
    exec 9>.data/setup.lock
    flock -n 9 || { say "another command is setting things up here: waiting for it"; flock 9; }
fi
[ -n "${ODOO_PATH:-}" ] || get_odoo
get_venv
