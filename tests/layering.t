#!/bin/sh
# Which room may include which, and which program may link what.
# An include line is spelled from the root; the link list of a program is
# its privilege line (docs/DESIGN.md).
set -u
cd "$SRC" || exit 1

n=0
failed=0
ok() { # ok STATUS NAME
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        failed=1
    fi
}

# no_include ROOM FORBIDDEN-PATTERN NAME
no_include() {
    found=$(grep -nE "^#include $2" "$1"/*.c "$1"/*.h 2>/dev/null)
    [ -z "$found" ] || echo "$found" | sed 's/^/# /'
    [ -z "$found" ]
    ok $? "$3"
}

# only_needs PROGRAM LIBRARY…: its NEEDED entries are all among these
only_needs() {
    program=$1
    shift
    if [ ! -x "$BUILD/$program" ]; then
        ok 1 "$program was built"
        return
    fi
    bad=
    for lib in $(readelf -d "$BUILD/$program" |
        sed -n 's/.*(NEEDED).*\[lib\(.*\)\.so.*/\1/p'); do
        case " c m gcc_s asan ubsan $* " in
        *" $lib "*) ;;
        *) bad="$bad $lib" ;;
        esac
    done
    [ -z "$bad" ] || echo "# $program links:$bad"
    [ -z "$bad" ]
    ok $? "$program links nothing beyond its rights"
}

no_include parsers '"(daemon|spool)/' "parsers include only parsers"
no_include spool '"(daemon|parsers)/' "the spool includes only the spool"
no_include parsers '<(sys/socket|sys/stat|fcntl|unistd|syslog|netdb)\.h>' \
    "parsers know no files and no sockets"
no_include '.' '"[a-z_]*\.h"' "no source stands outside a room"
found=$(grep -nE '^#include "' daemon/*.[ch] parsers/*.[ch] spool/*.[ch] |
    grep -vE '"(daemon|parsers|spool)/|"config\.h"')
[ -z "$found" ] || echo "$found" | sed 's/^/# /'
[ -z "$found" ]
ok $? "includes are spelled from the root"
found=$(grep -nE 'mailimap_ssl|mailstream_ssl|mailimap_.*starttls|mailmime_|mailimf_' \
    daemon/*.c | grep -v '^[^:]*:[0-9]*: \*')
[ -z "$found" ]
ok $? "libetpan's own TLS and MIME are used nowhere"

only_needs tiepnhand sqlite3 systemd unistring inih csv nettle jansson
only_needs tiepnhan-fetch etpan curl-gnutls nettle unistring seccomp
only_needs tiepnhan-parse gmime-3.0 gio-2.0 gobject-2.0 glib-2.0 zip xml2 \
    unistring seccomp nettle
only_needs tiepnhan-convert unistring seccomp
# unistring: strings of records are UTF-8; nettle: names in a maildir
only_needs tiepnhan-send curl-gnutls seccomp nettle unistring
only_needs tiepnhan sqlite3 jansson zip xml2 xlsxwriter nettle inih csv \
    unistring systemd

# Every scenario is in one list, once: what is not there is never run.
# libreoffice.t is one of tests/full.sh.
listed=$(awk '{ line = line $0 }
    /\\$/ { sub(/\\$/, "", line); next }
    { if (line ~ /^TAP_TESTS/) print line; line = "" }' Makefile.am |
    grep -o 'tests/[a-z0-9-]*\.t')
twice=$(echo "$listed" | sort | uniq -d)
never=$(for t in tests/*.t; do
    echo "$listed tests/libreoffice.t" | grep -qwF "$t" || echo "$t"
done)
# shellcheck disable=SC2086
[ -z "$twice$never" ] || echo "# twice:" $twice "never:" $never
[ -z "$twice$never" ]
ok $? "make check runs each scenario once"

# unlisted ROOM: modules that no name in the table of ROOM/README.md covers
unlisted() {
    # shellcheck disable=SC2016
    names=$(grep -o '`[a-z0-9_.*]*`' "$1/README.md" | tr -d '`')
    files=$(echo "$1"/*.[ch])
    set -f # the names are patterns for case, not for the shell
    for file in $files; do
        module=$(basename "${file%.[ch]}")
        for name in $names; do
            # shellcheck disable=SC2254
            case $module in $name) continue 2 ;; esac
        done
        echo "$file"
    done
}
for room in daemon parsers spool; do
    found=$(unlisted $room)
    [ -z "$found" ] || echo "$found" | sed 's/^/# /'
    [ -z "$found" ]
    ok $? "each module of $room/ stands in its README.md"
done

echo "1..$n"
exit $failed
