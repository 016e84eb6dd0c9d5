#!/bin/sh
# Installs the console's browser libraries as package-lock.json pins them, and copies what the page loads into the
# folder given. Does nothing that is done already. Run by the Maven build.
set -eu
cd "$(dirname "$0")"
target=${1:?usage: install-web-libraries.sh TARGET-FOLDER}
stamp=node_modules/.installed-lock.json

fail() {
  echo "dashboards: $1" >&2
  exit 1
}

if ! cmp -s package-lock.json "$stamp"; then
  command -v npm >/dev/null || fail "npm was not found on the PATH; the console's charts need it once (Node.js 18 or newer)"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error ||
    fail "npm could not install the console's libraries; see the lines above, then build again"
  cp package-lock.json "$stamp"
fi

cmp -s package-lock.json "$target/.installed-lock.json" && exit 0
mkdir -p "$target/topojson-client"
cp node_modules/echarts/dist/echarts.esm.min.mjs "$target/echarts.js"
cp node_modules/echarts/LICENSE "$target/echarts.LICENSE.txt"
cp node_modules/topojson-client/src/*.js "$target/topojson-client/"
cp node_modules/topojson-client/LICENSE "$target/topojson-client/LICENSE.txt"
cp node_modules/world-atlas/countries-50m.json "$target/countries.json"
cp node_modules/world-atlas/LICENSE "$target/countries.LICENSE.txt"
cp package-lock.json "$target/.installed-lock.json"
