# Waiting in tests; sourced.
# shellcheck shell=bash
waits() { # waits SECONDS COMMAND…: until it is true
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.1
    done
}
