#!/bin/sh
# Creates .venv/ with the pinned requirements.txt, again whenever that file changed.
#
# Debian splits pip and ensurepip off python3. Where they are missing, pip comes out of Debian's package
# python3-pip-whl (and the certificate authorities out of ca-certificates), downloaded and unpacked without root.
# The venv counts as finished only when its stamp, a copy of requirements.txt, is written last.
set -eu
cd "$(dirname "$0")/.."
say() { printf '>> %s\n' "$*" >&2; }
die() { printf 'Error: %s\n' "$*" >&2; exit 1; }

stamp=.venv/requirements.txt
cmp -s requirements.txt "$stamp" && .venv/bin/python -c '' 2>/dev/null && exit 0

python=${PYTHON:-python3}
command -v "$python" >/dev/null || die "$python is missing: install python3 (3.10 or newer)"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
    die "Odoo 19 needs Python 3.10 or newer; name one with PYTHON=/path/to/python3"

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    say "creating the Python environment .venv/"
    rm -rf .venv
    "$python" -m venv --without-pip .venv || die "$python cannot create a venv: install python3-venv"
    if .venv/bin/python -c 'import ensurepip' 2>/dev/null; then
        .venv/bin/python -m ensurepip >/dev/null
    else
        debs=$(scripts/apt-private.sh python3-pip-whl) ||
            die "pip is missing and could not be downloaded: install python3-venv, or check the network"
        wheel=$(ls "$debs"/usr/share/python-wheels/pip-*.whl)
        PYTHONPATH=$wheel .venv/bin/python -m pip install -q --no-index --find-links "${wheel%/*}" pip
        rm -rf "$debs"
    fi
fi

say "installing the Python packages of requirements.txt (half a minute)"
.venv/bin/python -m pip install --disable-pip-version-check --no-input --progress-bar off -q -r requirements.txt >&2 ||
    die "the Python packages could not be installed. Check the network, then run the command again."
cp requirements.txt "$stamp"
