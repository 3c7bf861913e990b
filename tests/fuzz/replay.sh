#!/bin/bash
# Every seed through every fuzz target, without a fuzzer: the target is
# built with a main() of its own. COPIES spoiled copies of each seed too.
# `make check-fuzz`; builds with --enable-asan see the most.
set -u
cd "${SRC:?}" || exit 1
copies=${COPIES:-20}
n=0
failed=0
replay() { # replay TARGET FILES…
    n=$((n + 1))
    target=$1
    shift
    if out=$("${BUILD:?}/tests/fuzz/replay-$target" -n "$copies" "$@" 2>&1)
    then
        echo "ok $n - $target: $out"
    else
        echo "not ok $n - $target"
        printf '%s\n' "$out" | sed 's/^/# /' | tail -40
        failed=1
    fi
}
echo 1..12
replay body tests/fuzz/corpus/body/* tests/cases/docx/*.xml
replay converted tests/fuzz/corpus/converted/*
replay docx tests/samples/reports/*.docx tests/samples/letters/*.docx \
    tests/fuzz/corpus/docx/* tests/cases/convert/*.doc \
    tests/cases/convert/*.pdf
replay header tests/fuzz/corpus/header/*
replay headings tests/fuzz/corpus/headings/* tests/fuzz/corpus/letter/*
replay letter tests/fuzz/corpus/letter/*
replay mime tests/samples/mail/*.eml
replay numbering tests/fuzz/corpus/numbering/* tests/cases/docx/*.numbering.xml
replay odt tests/fuzz/corpus/odt/*
replay order tests/fuzz/corpus/order/*
replay pages tests/samples/mail/*.eml tests/cases/mime/*.eml
replay record tests/fuzz/corpus/record/*
exit $failed
