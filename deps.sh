# Debian packages, for check.sh and demo.sh; sourced, not run.
# shellcheck shell=sh disable=SC2034

BUILD_PACKAGES="gcc libc6-dev make autoconf automake pkg-config
    libcurl4-gnutls-dev libetpan-dev libxml2-dev libzip-dev libsqlite3-dev
    libgmime-3.0-dev libunistring-dev libseccomp-dev libsystemd-dev
    nettle-dev libinih-dev libcsv-dev libjansson-dev libxlsxwriter-dev
    libcmocka-dev"
TEST_PACKAGES="perl python3 dovecot-imapd opensmtpd openssl strace binutils
    util-linux procps sqlite3 ca-certificates unzip zip file mandoc git
    antiword catdoc poppler-utils libfaketime"
FULL_PACKAGES="clang clang-tidy cppcheck pmccabe shellcheck valgrind libc6-dbg
    chromium libreoffice-writer libreoffice-calc"
# npm may have come with a Node.js of another source
command -v npm > /dev/null || FULL_PACKAGES="$FULL_PACKAGES nodejs npm"

# missing PACKAGE…: those that are not installed
missing() {
    for p in "$@"; do
        dpkg-query -W -f='${Status}' "$p" 2>/dev/null |
            grep -q 'install ok installed' || echo "$p"
    done
}

# install_missing PACKAGE…: as root installs them; else tells how, exit 77
install_missing() {
    need=$(missing "$@" | tr '\n' ' ')
    [ -z "${need% }" ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        echo "These packages are missing. As root:" >&2
        echo "apt-get install --no-install-recommends $need" >&2
        exit 77
    fi
    echo "== installing: $need"
    # Servers that a test starts itself must not start by installation.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' > $policy
        chmod +x $policy
        made_policy=1
    fi
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    { apt-get -qq update > /dev/null &&
        apt-get -qq install -y --no-install-recommends $need > /dev/null; }
    status=$?
    [ -z "${made_policy:-}" ] || rm -f $policy
    [ $status -eq 0 ] || { echo "apt-get failed" >&2; exit 69; }
}

# copy_tree DIR: the files of the tree, tracked or new, nothing built
copy_tree() {
    mkdir -p "$1"
    if git rev-parse --git-dir > /dev/null 2>&1; then
        git -c safe.directory='*' ls-files -z -co --exclude-standard |
            tar --null -T - -cf - 2> /dev/null | tar -xf - -C "$1"
    else
        cp -R . "$1"
    fi
}
