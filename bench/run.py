"""Run every measurement of this folder, one line each: ours, the other, the ratio. Usage: python -m bench.run [NAME…]

A measurement is a module `bench_<name>.py` with a function `measure()` that yields `Comparison` objects.
"""

import gc
import importlib
import os
import sys
from pathlib import Path

import django


def measurements(names):
    """The modules to run, by name; all when none is named."""
    known = {path.stem.removeprefix("bench_"): path.stem for path in sorted(Path(__file__).parent.glob("bench_*.py"))}
    unknown = set(names) - set(known)
    if unknown:
        sys.exit(f"No such measurement: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
    return [importlib.import_module(f"bench.{known[name]}") for name in names or known]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    django.setup()
    for module in measurements(sys.argv[1:]):
        gc.collect()
        gc.freeze()  # as the web server does, and so that a measurement does not pay for what the one before has left
        for comparison in module.measure():
            print(comparison, flush=True)
