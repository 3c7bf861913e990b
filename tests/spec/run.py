# Runs the cases and prints TAP. Arguments: parts of promises to run only.
import shutil
import sys
import traceback

import office
import commands      # noqa: F401  the modules register their cases
import configuration  # noqa: F401
import decisions     # noqa: F401
import documents     # noqa: F401
import intake        # noqa: F401
import upkeep        # noqa: F401

chosen = [(promise, function) for promise, function in office.cases
          if not sys.argv[1:] or any(w in promise for w in sys.argv[1:])]
failed = 0
print(f"1..{len(chosen)}", flush=True)
for n, (promise, function) in enumerate(chosen, 1):
    why = None
    try:
        function()
    except office.Departure as departure:
        why = str(departure)
    except Exception:
        why = traceback.format_exc()
    failed += why is not None
    print(f"{'ok' if why is None else 'not ok'} {n} - {promise}", flush=True)
    for line in (why or "").splitlines()[:40]:
        print(f"# {line}", flush=True)
shutil.rmtree(office.WORK, ignore_errors=True)
sys.exit(1 if failed else 0)
