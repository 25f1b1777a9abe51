"""How often experiments without any effect are found to have one, looked at after every person.

python -m tests.bench.peeking [RUNS] [PEOPLE]: by the intervals of the shop, and by a t-test.
"""

import sys
import time

import numpy as np

from personalization.experiments.sequential import interval, walk
from tests.personalization.experiments import test_sequential as kinds

ALPHA = 0.05
CASES = (
    ("orders, half and half", kinds.orders, 1.0, 0.5),
    ("revenue, half and half", kinds.revenue, 2000.0, 0.5),
    ("rare orders, a tenth", kinds.rare, 1.0, 0.1),
    ("usual orders, nine tenths", kinds.usual, 1.0, 0.9),
)


def main(runs: int, people: int) -> None:
    print(f"{runs} experiments of {people} people each, without any effect: found to have one")
    for name, what, cap, share in CASES:
        random = np.random.default_rng(1)
        y, treated = what(random, (runs, people)), random.random((runs, people)) < share
        found = walk(treated, y, share=share, cap=cap)
        ours = (found.log_evidence() >= np.log(2 / ALPHA)).any(axis=1).mean()
        naive = kinds.naive_rejects(treated, y).mean()
        print(f"{name:28} intervals {ours:6.1%}   t-test {naive:6.1%}")
    random = np.random.default_rng(2)
    treated = random.random(1_000_000) < 0.5
    y = (random.random(1_000_000) < 0.05 + 0.002 * treated).astype(float)
    began = time.perf_counter()
    told = interval(walk(treated, y, share=0.5, cap=1), ALPHA)
    print(f"a million people, effect 0.2 %: {told} in {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    asked = [int(each) for each in sys.argv[1:]]
    main(*[*asked, *(400, 2000)[len(asked) :]][:2])
