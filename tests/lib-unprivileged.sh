# Sourced first by tests that mean nothing as root: starts the same test
# again as nobody, with a home of its own.
# shellcheck shell=sh
if [ "$(id -u)" -eq 0 ]; then
    home=$(mktemp -d "${TMPDIR:-/tmp}/tiepnhan-nobody.XXXXXX") || exit 1
    chown 65534:65534 "$home"
    HOME=$home setpriv --reuid=65534 --regid=65534 --clear-groups -- "$0" "$@"
    status=$?
    rm -rf "$home"
    exit $status
fi
