# shellcheck shell=bash
# What the scripts beside this one share. Sourced, never run.

set -euo pipefail

caller=$PWD
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# A bare container has no locale; sorting and messages must not depend on one.
export LC_ALL=C.UTF-8
export DEBIAN_FRONTEND=noninteractive

say() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

# Runs a command as root: as it is, or by sudo.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo > /dev/null; then
        sudo --preserve-env=DEBIAN_FRONTEND,LC_ALL "$@"
    else
        fail "needs root for: $* (run it as root, or install sudo)"
    fi
}

# Runs a command, its output kept in a file that is shown only when it fails.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    if ! "$@" > "$log" 2>&1 < /dev/null; then
        grep -v '^\[[0-9]*/[0-9]*] ' "$log" | tail -n 60 >&2 || true
        say "failed: $* (all of its output: $log)"
        return 1
    fi
}

package_version() {
    dpkg-query -W -f='${Version}' "$1"
}

jobs_at_once() {
    nproc 2> /dev/null || echo 2
}

# The project's C++ files, those not yet committed too.
sources() {
    local files file
    files=$(git ls-files --cached --others --exclude-standard '*.cpp' '*.h' 2> /dev/null) ||
        files=$(find cmd lib resource tests -name '*.cpp' -o -name '*.h')
    for file in $files; do
        [ ! -e "$file" ] || echo "$file"
    done | sort
}
