#!/bin/bash
# The clerk's guide is true: each of its commands is run, in its order, on
# the sample office, and answers what the guide shows ("…" is anything).
# Afterwards the counts add up and the chain is sound; an altered row is
# found.
# shellcheck disable=SC1091,SC2154
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"
now=2026-05-14T17:00:00+07:00
new_office a
deliver a 2026-05-14T16:30:00+07:00
round a 2026-05-14T16:30:00+07:00
cp "$samples/letters/cong-van-dan-chu.docx" "$T/cong-van.docx"

cat > "$T/follow.py" << 'EOS'
import json, os, re, shlex, subprocess, sys
guide, program, conf, now, folder = sys.argv[1:6]
os.chdir(folder)

def run(words, out=None):
    verb = [w for w in words if not w.startswith("-")][:2]
    for n in 2, 1:
        help = subprocess.run([program, *verb[:n], "--help"],
                              capture_output=True, text=True)
        if help.returncode == 0:
            break
    if "--now" in help.stdout:
        words = words + ["--now", now]
    return subprocess.run([program, "-c", conf, *words], text=True,
                          stdout=out or subprocess.PIPE,
                          stderr=subprocess.PIPE)

def fits(want, have):
    parts = [re.escape(x) for x in want.split("…")]
    return re.fullmatch(".*".join(parts), have, re.S) is not None

blocks = re.findall(r"```console\n(.*?)```", open(guide).read(), re.S)
commands = []
for block in blocks:
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        line, _, answer = part.partition("\n")
        commands.append((line, answer))
print(f"1..{len(commands) + 3}")
last = "0"
for n, (line, answer) in enumerate(commands, 1):
    line, _, target = line.partition(" > ")
    words = shlex.split(line)
    why = ""
    if words[0] != "tiepnhan":
        why = "not a command of ours"
    if words[1] == "undo": # whatever came before
        words[2] = last
    done = run(words[1:], open(target, "w") if target else None)
    said = done.stdout or ""
    found = re.findall(r"tiepnhan undo (\d+)", said)
    last = found[-1] if found else last
    files = [target] if target else []
    for option in "-o", "--xlsx", "--annex", "--letter":
        if option in words:
            files.append(words[words.index(option) + 1])
    if done.returncode != 0:
        why = f"exit {done.returncode}: {done.stderr}"
    elif not target and answer and not fits(answer.strip(), said.strip()):
        why = f"says {said[:600]}"
    elif not answer and said.strip():
        why = f"says, though the guide shows nothing: {said[:200]}"
    for f in files:
        if not os.path.exists(f) or os.path.getsize(f) < 200:
            why = f"{f} was not made"
    print(f"{'not ok' if why else 'ok'} {n} - {line}")
    if why:
        print(re.sub("^", "# ", why, flags=re.M))
s = json.loads(run(["status", "dan-chu", "--json"]).stdout)
c = s["counts"]
good = c["units"] == c["submitted"] + c["not_submitted"] + c["excused"] and \
    c["submitted"] == c["on_time"] + c["late"] == c["complete"] + \
    c["incomplete"] + c["unreadable"] + c["in_review"] and \
    c["submitted"] == sum(u["submitted"] for u in s["units"]) and \
    c["excused"] == 1 and c["submitted"] == 23
n = len(commands) + 1
print(f"{'ok' if good else 'not ok'} {n} - the counts add up")
if not good:
    print("#", c)
EOS
"$BUILD/tiepnhan" --version > /dev/null
python3 "$T/follow.py" "$SRC/docs/huong-dan-van-thu.md" "$BUILD/tiepnhan" \
    "$T/a/etc/tiepnhan.conf" $now "$T" | tee "$T/tap"
# shellcheck disable=SC2034 # ok counts on
n=$(grep -cE '^(not )?ok ' "$T/tap")
tn() { "$BUILD/tiepnhan" -c "$T/a/etc/tiepnhan.conf" "$@"; }
tn verify > "$T/out" 2>&1
ok $? "the chain is sound" "$T/out"
sqlite3 "$T/a/state/tiepnhan.db" \
    "UPDATE event SET reason = 'x' WHERE verb = 'return'"
tn verify > "$T/out" 2>&1
[ $? -eq 65 ]
ok $? "an altered row is found" "$T/out"
