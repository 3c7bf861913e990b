#!/usr/bin/env python3
"""Runs the document reader over a corpus of real files and checks it
against the oracles that lie beside them. Prints TAP.

corpus_docx.py TOOL CORPUS   (TOOL: tool-paragraphs)
"""
import json
import os
import re
import resource
import subprocess
import sys
import time
import unicodedata

TOOL, CORPUS = sys.argv[1], sys.argv[2]
DOCX = os.path.join(CORPUS, 'docx')
SECONDS, BYTES = 10, 256 << 20
results = []


def ok(good, name, *why):
    results.append(good)
    print('%sok %d - %s' % ('' if good else 'not ', len(results), name))
    for line in why:
        print('# ' + line)


def run(mode, name):
    """Exit code, seconds, peak bytes, lines of output."""
    start = time.monotonic()
    p = subprocess.Popen([TOOL, mode, os.path.join(DOCX, name)],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    out = p.stdout.read()
    _, status, usage = os.wait4(p.pid, 0)
    return (os.waitstatus_to_exitcode(status), time.monotonic() - start,
            usage.ru_maxrss * 1024, out.decode('utf-8').split('\n')[:-1])


def paragraphs(name):
    rows = [line.split('\t') for line in run('-t', name)[3][1:]]
    return [(int(level), number, text) for level, number, text in rows]


def fold(text):
    text = unicodedata.normalize('NFKC', text)
    text = re.sub('[\u201c\u201d\u00ab\u00bb]', '"', text)
    text = re.sub('[\u2018\u2019]', "'", text)
    text = re.sub('[\u2010-\u2015\u2212]', '-', text)
    # what a file says of its own number is no part of the heading
    text = re.sub(r'\[expect\].*?\[/expect\]', '', text)
    return re.sub(r'\s+', ' ', text.replace('\u00ad', '')).strip()


def every_file_ends_in_a_verdict():
    bad = []
    names = []
    for folder, _, files in os.walk(DOCX):
        names += [os.path.relpath(os.path.join(folder, f), DOCX)
                  for f in files if f != 'MANIFEST.tsv']
    for name in sorted(names):
        code, seconds, peak, out = run('-q', name)
        if code != 0 or not out or ' status ' not in out[0]:
            bad.append('%s: exit %d' % (name, code))
        if seconds > SECONDS or peak > BYTES:
            bad.append('%s: %.1f s, %d MB' % (name, seconds, peak >> 20))
    ok(not bad, '%d files end in a verdict, within time and memory'
       % len(names), *bad)


def numbers_are_those_the_files_expect():
    for name in sorted(os.listdir(DOCX)):
        if not re.search(r'isLgl\.docx$', name, re.I):
            continue
        bad, n = [], 0
        for _, number, text in paragraphs(name):
            expected = re.search(r'\[expect\](.*?)\[/expect\]', text)
            if expected is None:
                continue
            n += 1
            if fold(expected.group(1)) != fold(number):
                bad.append('%r, expected %r' % (number, expected.group(1)))
        ok(n > 0 and not bad, '%s: %d numbers' % (name, n), *bad)


def numbers_are_those_typed_beside_them():
    """Word's own display, typed by the author as the paragraph's text."""
    for name in ('tika__testWORD_override_list_numbering.docx',
                 'poi__NumberingWOverrides.docx'):
        if not os.path.exists(os.path.join(DOCX, name)):
            continue
        rows = [(number, text) for _, number, text in paragraphs(name)
                if number and number != '\u2022']
        bad = ['%r, expected %r' % row for row in rows if row[0] != row[1]]
        ok(rows and not bad, '%s: %d numbers' % (name, len(rows)), *bad)


def tracked_changes_read_as_accepted():
    for name in sorted(os.listdir(DOCX)):
        accepted = name.replace('.docx', '-Accepted.docx')
        if (not re.search(r'__RP00[2459]-', name)
                or not os.path.exists(os.path.join(DOCX, accepted))):
            continue
        ours, theirs = paragraphs(name), paragraphs(accepted)
        ok(ours == theirs, name + ' reads as accepted',
           *['%r' % (pair,) for pair in zip(ours, theirs)
             if pair[0] != pair[1]][:5])


def headings_by_style_are_found():
    with open(os.path.join(CORPUS, 'docx-headings.tsv'),
              encoding='utf-8') as f:
        rows = [line.rstrip('\n').split('\t') for line in f]
    for row in rows:
        if row[0].startswith('#') or not row[1].startswith('pandoc'):
            continue
        ours = [(level, fold(number), fold(text)) for level, number, text
                in paragraphs(row[0]) if level > 0]
        bad, at = [], 0
        for heading in json.loads(row[3]):
            level, number, text = heading[0], fold(heading[1]), \
                fold(heading[2])
            here = at
            while here < len(ours) and (
                    ours[here][0] != level or ours[here][2] != text
                    or (number and ours[here][1] != number)):
                here += 1
            if here == len(ours):
                near = [o for o in ours if o[2] == text]
                bad.append('%r, ours: %r' % (heading, near))
            else:
                at = here + 1
        ok(not bad, '%s: %s headings' % (row[0], row[2]), *bad[:8])


every_file_ends_in_a_verdict()
numbers_are_those_the_files_expect()
numbers_are_those_typed_beside_them()
tracked_changes_read_as_accepted()
headings_by_style_are_found()
print('1..%d' % len(results))
sys.exit(0 if all(results) else 1)
