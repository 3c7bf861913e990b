#!/bin/bash
# The man pages leave nothing out: every verb and option of --help, every
# key that the parsers know, every template, every exit code.
set -u
man=$SRC/docs/man
export TIEPNHAN_DATADIR="$BUILD/data"
n=0
failed=0
ok() { # ok STATUS NAME [MISSING]
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        failed=1
        [ -z "${3:-}" ] || printf '# missing: %s\n' "$3"
    fi
}
none() { # none MISSING NAME
    [ -z "$1" ]
    ok $? "$2" "$1"
}

# what an .It line and its text say, from that of VERB to the next
entry() { # entry VERB
    awk -v verb="$1" '
        /^\.It/ { on = 0; line = " " $0 " "
            gsub(/ , /, " ", line); if (index(line, " Cm " verb " ")) on = 1 }
        /^\.El/ { on = 0 }
        on' "$man/tiepnhan.1"
}
common=$(awk '/^\.Ss Options that mean the same/ { on = 1; next }
    /^\.Ss/ { on = 0 } on' "$man/tiepnhan.1")

"$BUILD/tiepnhan" --help | sed -n 's/^  \([a-z]\)/\1/p' |
    grep -v '^ *tiepnhan' > "${TMPDIR:-/tmp}/verbs.$$"
trap 'rm -f "${TMPDIR:-/tmp}/verbs.$$"' EXIT
verbs=
options=
count=0
while read -r line; do
    verb=${line%% *}
    case $line in
    campaign\ * | units\ * | config\ *) verb=$(echo "$line" | cut -d' ' -f1,2) ;;
    esac
    count=$((count + 1))
    text=$(entry "$verb")
    [ -n "$text" ] || verbs="$verbs '$verb'"
    # shellcheck disable=SC2086
    for o in $("$BUILD/tiepnhan" $verb --help < /dev/null |
        sed -n 's/^  \(-., \)\{0,1\}--\([a-z-]*\).*/\2/p'); do
        printf '%s\n%s\n' "$text" "$common" |
            grep -qE -- "Fl -$o( |\$|,)" || options="$options $verb:--$o"
    done
done < "${TMPDIR:-/tmp}/verbs.$$"
none "$verbs" "every verb has its entry in tiepnhan(1)"
[ $count -ge 40 ]
ok $? "and --help lists them all ($count)"
none "$options" "every option of every verb is told there"

missing=
for o in $("$BUILD/tiepnhand" --help |
    sed -n 's/^  -*\([a-z-]*\) .*/\1/p'); do
    grep -qE -- "Fl -?$o( |\$)" "$man/tiepnhand.8" || missing="$missing $o"
done
none "$missing" "every option of tiepnhand is in tiepnhand(8)"

# ---- keys: those that the parsers know
printf '[office]\nname = x\nclerk = a@b.example\n[mailbox]\nurl = maildir:x\n[outgoing]\nurl = maildir:x\nfrom = a@b.example\n' \
    > "${TMPDIR:-/tmp}/conf.$$"
missing=$("$BUILD/tiepnhan" -c "${TMPDIR:-/tmp}/conf.$$" config show |
    awk -v page="$man/tiepnhan.conf.5" '
        BEGIN {
            while ((getline l < page) > 0) {
                if (l ~ /^\.Ss Section /) { sub(/^\.Ss Section /, "", l); s = l }
                if (l ~ /^\.It Cm /) {
                    sub(/^\.It Cm /, "", l); k = split(l, names, " , ")
                    for (i = 1; i <= k; i++) known[s "." names[i]] = 1
                }
            }
        }
        /^\[/ { gsub(/[][]/, ""); section = $0 }
        / =/ { all++; if (!((section "." $1) in known)) print section "." $1 }
        END { if (all < 25) print "(only " all " keys seen)" }')
rm -f "${TMPDIR:-/tmp}/conf.$$"
none "$missing" "every key of tiepnhan.conf is in tiepnhan.conf(5)"

missing=
keys=$(grep -ohE '\{ "[a-z]+", "[a-z_.*]+" \}' "$SRC/daemon/campaign_conf.c" |
    sed 's/.*", "\(.*\)".*/\1/')
[ "$(echo "$keys" | wc -w)" -ge 19 ] || missing="(only: $keys)"
for key in $keys; do
    grep -qE "^\.(It )?Cm (.*[ ,])?${key%.\*}(\.[A-Z]|[ ,=]|\$)" \
        "$man/tiepnhan-campaign.5" || missing="$missing $key"
done
none "$missing" "every key of campaign.conf is in tiepnhan-campaign(5)"
missing=
for column in $(sed -n '/columns\[\] = {/,/NULL/p' "$SRC/daemon/roster.c" |
    grep -o '"[a-z_]*"' | tr -d '"'); do
    grep -qE "^\.It Cm (.*[ ,])?$column([ ,]|\$)" "$man/tiepnhan-units.5" ||
        missing="$missing $column"
done
none "$missing" "every column of units.csv is in tiepnhan-units(5)"
missing=
for t in "$SRC"/docs/examples/templates/*.txt; do
    t=$(basename "$t")
    grep -qE "^\.It Pa (.*[ ,])?$t( |\$)" "$man/tiepnhan.conf.5" ||
        missing="$missing $t"
done
none "$missing" "every template is in tiepnhan.conf(5)"

# ---- exit codes: those that the two programs can give
codes() { # codes FILE…: the numbers of the names in sysexits.h
    grep -ohE 'EX_[A-Z]+\b' "$@" | sort -u |
        while read -r name; do
            sed -n "s/^#define[ 	]*${name}[ 	]*\([0-9]*\).*/\1/p" \
                /usr/include/sysexits.h
        done
}
check_codes() { # check_codes PAGE FILE…
    local page=$1 missing=
    shift
    for code in $(codes "$@"); do
        awk '/^\.Sh EXIT STATUS/ { on = 1 } /^\.Sh EXAMPLES|^\.Sh SEE/ { on = 0 } on' \
            "$man/$page" | grep -q "^\.It $code\$" || missing="$missing $code"
    done
    none "$missing" "every exit code is in $page"
}
check_codes tiepnhan.1 "$SRC"/daemon/cli*.c "$SRC"/daemon/doctor*.c
check_codes tiepnhand.8 "$SRC/daemon/tiepnhand.c" "$SRC"/daemon/service*.c

for page in tiepnhan.1 tiepnhand.8 tiepnhan.conf.5 tiepnhan-units.5 \
    tiepnhan-campaign.5; do
    grep -q '^\.Sh LIMITS' "$man/$page"
    ok $? "$page says what it cannot do"
    if command -v mandoc > /dev/null; then
        found=$(mandoc -T lint -W warning "$man/$page" 2>&1)
        none "$found" "mandoc finds nothing in $page"
    else
        ok 0 "mandoc finds nothing in $page # SKIP no mandoc"
    fi
done
echo "1..$n"
exit $failed
