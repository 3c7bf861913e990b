#!/bin/sh
# The document reader over a corpus of real files, where there is one:
# $CORPUS, or a folder shared/corpus beside the source.
corpus=${CORPUS:-$SRC/../shared/corpus}
if [ ! -d "$corpus/docx" ]; then
    echo "1..0 # SKIP no corpus of real files here"
    exit 0
fi
if ! command -v python3 >/dev/null; then
    echo "1..0 # SKIP no python3 to compare with"
    exit 0
fi
exec python3 "$SRC/tests/corpus_docx.py" "$BUILD/tests/tool-paragraphs" \
    "$corpus"
