"""What a measurement gives: two ways to do one thing, and how long each takes."""

import gc
import time
from typing import NamedTuple


class Comparison(NamedTuple):
    """Seconds of our way and of another one; the ratio says how many times ours is faster."""

    subject: str
    ours: float
    other: float
    other_name: str

    def __str__(self):
        return (
            f"{self.subject}: ours {self.ours * 1000:.0f} ms, {self.other_name} {self.other * 1000:.0f} ms, "
            f"ratio {self.other / self.ours:.1f}"
        )


def best_seconds(function, *, times=3):
    """The shortest of several runs: what the machine does beside only ever adds."""
    seconds = []
    for _run in range(times):
        gc.collect()
        started = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - started)
    return min(seconds)
