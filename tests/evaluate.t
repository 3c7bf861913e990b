#!/bin/sh
# How well headings are found and mapped: the labelled sets, and the same
# set with other labels and other subject words.
set -u
export SRC
PATH="$BUILD/tests:$PATH"

echo "1..54"
n=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# at_least NAME GOT WANTED
at_least() {
    n=$((n + 1))
    if awk -v a="$2" -v b="$3" 'BEGIN { exit !(a != "" && a + 0 >= b + 0) }'
    then
        echo "ok $n - $1: $2"
    else
        echo "not ok $n - $1: $2, wanted $3"
    fi
}

# evaluate SET: leaves $heads, $maps, $states
evaluate() {
    python3 "$SRC/tests/samples/evaluate_mapping.py" --set "$1" \
        --cmd "$BUILD/tests/tool-map {letter} {report}" -v >"$work/out"
    total=$(grep '^TOTAL' "$work/out")
    heads=$(echo "$total" | awk '{ print $4 }')
    maps=$(echo "$total" | awk '{ print $7 }')
    states=$(echo "$total" | awk '{ print $NF }')
    grep -E '^ |1.000 1.000 1.000  1.000 1.000' -v "$work/out" | sed 's/^/# /'
}

# each set, and what headings, mapping and states must reach at least
while read -r set least_heads least_maps least_states; do
    evaluate "$SRC/tests/$set"
    at_least "$set: headings" "$heads" "$least_heads"
    at_least "$set: mapping" "$maps" "$least_maps"
    at_least "$set: states" "$states" "$least_states"
done <<'EOS'
samples 0.98 0.98 0.98
cases/unseen1 0.98 0.97 0.96
cases/unseen2 0.98 0.97 0.97
cases/unseen3 0.98 0.96 0.96
cases/unseen4 0.98 0.94 0.95
cases/unseen5 0.98 0.97 0.96
cases/unseen6 0.98 0.97 0.96
cases/unseen7 0.98 0.96 0.95
cases/unseen8 0.98 0.95 0.94
cases/unseen9 0.98 0.96 0.97
cases/unseen10 0.98 0.96 0.97
cases/unseen11 0.98 0.95 0.95
cases/unseen12 0.98 0.96 0.96
cases/unseen13 0.98 0.93 0.90
EOS

# letters SET: leaves $nodes, $fields (their share)
letters() {
    python3 "$SRC/tests/samples/evaluate_mapping.py" --letters \
        --set "$SRC/tests/$1" --cmd "$BUILD/tests/tool-letter {letter}" -v \
        >"$work/out"
    nodes=$(awk '/^TOTAL/ { print $7 }' "$work/out")
    fields=$(awk '/^TOTAL/ { split($NF, f, "/"); print f[1] / f[2] }' \
        "$work/out")
    grep -E '^ |wrong:' "$work/out" | sed 's/^/# /'
}
letters cases/unseen-letters
at_least "letters of many offices: nodes of the outline" "$nodes" 0.98
at_least "letters of many offices: fields" "$fields" 0.98
for set in 10 11 12 13; do
    letters "cases/unseen$set"
    at_least "letters of unseen$set: nodes of the outline" "$nodes" 0.98
    at_least "letters of unseen$set: fields" "$fields" 0.98
done

# of what is called missing surely, none may be wrong
n=$((n + 1))
wrong=0
for set in "$SRC/tests/samples" "$SRC"/tests/cases/unseen[0-9]*; do
    python3 "$SRC/tests/sure_missing.py" "$set" \
        "$BUILD/tests/tool-map" || wrong=1
done
if [ $wrong -eq 0 ]; then
    echo "ok $n - nothing is wrongly called missing surely"
else
    echo "not ok $n - nothing is wrongly called missing surely"
fi
n=$((n + 1))
if python3 "$SRC/tests/samples/test_evaluate_mapping.py" 2>"$work/scorer"
then
    echo "ok $n - the scorer counts what it should"
else
    echo "not ok $n - the scorer counts what it should"
    sed 's/^/# /' "$work/scorer"
fi
