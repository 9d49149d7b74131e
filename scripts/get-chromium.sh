#!/bin/sh
# Sees to it that Chromium, which drives the browser tests, is there: installs Debian's package where it may.
#
# Where it may not (no root, no apt), it says in one line what to do. That ends the command under CI=true, so that a
# missing browser is never a silent skip there; elsewhere the tests go on and report the browser tests as skipped.
for name in google-chrome chromium chromium-browser google-chrome-stable; do
    command -v "$name" >/dev/null && exit 0
done
if command -v apt-get >/dev/null; then
    [ "$(id -u)" = 0 ] && sudo="" || sudo="sudo -n"
    if [ -z "$sudo" ] || $sudo true 2>/dev/null; then
        echo ">> installing Chromium for the browser tests" >&2
        $sudo apt-get -q update >/dev/null 2>&1
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends chromium fonts-liberation \
            >/dev/null && command -v chromium >/dev/null && exit 0
    fi
fi
remedy="install Chromium (Debian: apt-get install chromium)"
if [ "${CI:-}" = true ]; then
    echo "Error: no browser for the browser tests: $remedy and run the command again" >&2
    exit 1
fi
echo ">> no browser, the browser tests will be skipped: $remedy to run them too" >&2
