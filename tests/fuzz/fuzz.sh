#!/bin/bash
# `make fuzz`: each fuzz target for FUZZ_SECONDS of CPU time (not of wall
# time: the machine may have other work), from its seeds and what earlier
# runs found, which stays in $BUILD/fuzz/TARGET. What breaks a target is
# left in $BUILD/fuzz as crash-…; a mended one becomes a seed.
# FUZZ_TARGETS names fewer.
set -u
src=${SRC:?}
build=${BUILD:?}
most=${FUZZ_SECONDS:-60}
targets=${FUZZ_TARGETS:-body converted docx header headings letter mime numbering odt order pages record}
slice=120
export SRC

seeds() { # seeds TARGET: folders or files to begin from
    case $1 in
    body) echo "$src"/tests/cases/docx/*.xml ;;
    docx) echo "$src"/tests/samples/{reports,letters}/*.docx \
        "$src"/tests/cases/convert/*.{doc,pdf} ;;
    headings) echo "$src"/tests/fuzz/corpus/letter/* ;;
    mime | pages) echo "$src"/tests/samples/mail/*.eml ;;
    numbering) echo "$src"/tests/cases/docx/*.numbering.xml ;;
    esac
    [ ! -d "$src/tests/fuzz/corpus/$1" ] || echo "$src/tests/fuzz/corpus/$1"/*
}

mkdir -p "$build/fuzz" && cd "$build/fuzz" || exit 70
all=0
failed=0
for target in $targets; do
    mkdir -p "$target"
    # shellcheck disable=SC2046
    cp -n $(seeds "$target") "$target/"
    spent=0
    runs=0
    while [ "$spent" -lt "$most" ]; do
        TIMEFORMAT=%U
        { time "$build/tests/fuzz/fuzz-$target" -max_total_time=$slice \
            -timeout=30 -rss_limit_mb=2048 -max_len=65536 \
            -print_final_stats=1 "$target" > "$target.log" 2>&1; } 2> spent
        status=$?
        spent=$((spent + $(cut -d. -f1 spent)))
        runs=$((runs + $(sed -n \
            's/^stat::number_of_executed_units: *//p' "$target.log" | tail -1)))
        [ "$status" -eq 0 ] || { failed=$((failed + 1)); break; }
    done
    all=$((all + spent))
    echo "$target: $runs runs, $spent s of CPU," \
        "$(grep -o 'cov: [0-9]*' "$target.log" | tail -1)," \
        "$([ "$status" -eq 0 ] && echo no finding || echo "FOUND, see $PWD/$target.log")"
done
echo "in all $all s of CPU, $failed with a finding"
[ "$failed" -eq 0 ]
