#!/bin/sh
# The mail reader over a corpus of real mails, where there is one: $CORPUS,
# or a folder shared/corpus beside the source.
corpus=${CORPUS:-$SRC/../shared/corpus}
if [ ! -d "$corpus/mail" ]; then
    echo "1..0 # SKIP no corpus of real mails here"
    exit 0
fi
if ! command -v python3 >/dev/null; then
    echo "1..0 # SKIP no python3 to compare with"
    exit 0
fi
exec python3 "$SRC/tests/corpus_mail.py" "$BUILD/tests" "$corpus/mail"
