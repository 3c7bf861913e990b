#!/bin/sh
# How well headings are found and mapped: the labelled sets, and the same
# set with other labels and other subject words.
set -u
export SRC
PATH="$BUILD/tests:$PATH"

echo "1..39"
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

evaluate "$SRC/tests/samples"
at_least "samples: headings" "$heads" 0.98
at_least "samples: mapping" "$maps" 0.98
at_least "samples: states" "$states" 0.98
evaluate "$SRC/tests/cases/unseen1"
at_least "first unseen set: headings" "$heads" 0.98
at_least "first unseen set: mapping" "$maps" 0.97
at_least "first unseen set: states" "$states" 0.96
evaluate "$SRC/tests/cases/unseen2"
at_least "second unseen set: headings" "$heads" 0.98
at_least "second unseen set: mapping" "$maps" 0.97
at_least "second unseen set: states" "$states" 0.97

evaluate "$SRC/tests/cases/unseen3"
at_least "third unseen set: headings" "$heads" 0.98
at_least "third unseen set: mapping" "$maps" 0.96
at_least "third unseen set: states" "$states" 0.96
evaluate "$SRC/tests/cases/unseen4"
at_least "fourth unseen set: headings" "$heads" 0.98
at_least "fourth unseen set: mapping" "$maps" 0.94
at_least "fourth unseen set: states" "$states" 0.95
evaluate "$SRC/tests/cases/unseen5"
at_least "fifth unseen set: headings" "$heads" 0.98
at_least "fifth unseen set: mapping" "$maps" 0.97
at_least "fifth unseen set: states" "$states" 0.96
evaluate "$SRC/tests/cases/unseen6"
at_least "sixth unseen set: headings" "$heads" 0.98
at_least "sixth unseen set: mapping" "$maps" 0.97
at_least "sixth unseen set: states" "$states" 0.96
evaluate "$SRC/tests/cases/unseen7"
at_least "seventh unseen set: headings" "$heads" 0.98
at_least "seventh unseen set: mapping" "$maps" 0.96
at_least "seventh unseen set: states" "$states" 0.95
evaluate "$SRC/tests/cases/unseen8"
at_least "eighth unseen set: headings" "$heads" 0.98
at_least "eighth unseen set: mapping" "$maps" 0.95
at_least "eighth unseen set: states" "$states" 0.94
evaluate "$SRC/tests/cases/unseen9"
at_least "ninth unseen set: headings" "$heads" 0.98
at_least "ninth unseen set: mapping" "$maps" 0.96
at_least "ninth unseen set: states" "$states" 0.97
evaluate "$SRC/tests/cases/unseen10"
at_least "tenth unseen set: headings" "$heads" 0.98
at_least "tenth unseen set: mapping" "$maps" 0.96
at_least "tenth unseen set: states" "$states" 0.97

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
letters cases/unseen10
at_least "letters of the tenth set: nodes of the outline" "$nodes" 0.98
at_least "letters of the tenth set: fields" "$fields" 0.98

# of what is called missing surely, none may be wrong
n=$((n + 1))
wrong=0
for set in samples cases/unseen1 cases/unseen2 cases/unseen3 cases/unseen4 \
    cases/unseen5 cases/unseen6 cases/unseen7 \
    cases/unseen8 cases/unseen9 cases/unseen10; do
    python3 "$SRC/tests/sure_missing.py" "$SRC/tests/$set" \
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
