#!/bin/sh
# with-node.sh COMMAND: runs it with the tools of package-lock.json; without node it only says so, but under CI=true fails.
set -eu
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "node is not installed: JavaScript, XML and SCSS were not looked at" >&2
    [ "${CI:-}" != true ]
    exit
fi
if ! cmp -s package-lock.json node_modules/.installed; then
    echo ">> installing the node packages of package-lock.json" >&2
    npm ci --silent --no-progress || {
        echo "Error: the node packages could not be installed. Check the network and run the command again." >&2
        exit 1
    }
    cp package-lock.json node_modules/.installed
fi
echo "$1"
exec sh -c "$1"
