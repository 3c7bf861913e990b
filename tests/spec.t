#!/bin/sh
# What users and scripts rely on: command names, options, exit codes, forms
# of output and files. Every case plays with the built programs and an
# office made of the samples; tests/spec/ holds them.
. "$SRC/tests/lib-unprivileged.sh"
command -v python3 > /dev/null || {
    echo "1..0 # SKIP no python3"
    exit 0
}
cd "$SRC/tests/spec" || exit 1
PYTHONDONTWRITEBYTECODE=1 exec python3 run.py "$@"
