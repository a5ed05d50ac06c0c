"""Spearman's rank correlation: writes rank.json beside this file.

rho and the p-value by Student's t are SciPy's; the exact p-value counts every order with itertools.
Run: /usr/bin/python3 test/golden/rank/rank.py (numpy and scipy of Debian 12)
"""

import itertools
import json
import pathlib

import numpy
import scipy
from scipy.stats import rankdata, spearmanr

rng = numpy.random.default_rng(20260101)


def exact(a, b):
    a, b = rankdata(a), rankdata(b)
    middle = len(a) * (len(a) + 1) ** 2 / 4
    off = abs(float(numpy.dot(a, b)) - middle)
    orders = numpy.array(list(itertools.permutations(range(1, len(a) + 1))), dtype=float)
    return float(numpy.mean(numpy.abs(orders @ a - middle) >= off - 1e-9))


def case(name, a, b):
    found = spearmanr(a, b)
    tied = len(set(a)) < len(a) or len(set(b)) < len(b)
    return {
        "name": name,
        "a": list(map(float, a)),
        "b": list(map(float, b)),
        "rho": float(found.correlation),
        "p_student": float(found.pvalue),
        "p_exact": exact(a, b) if len(a) <= 9 and not tied else None,
    }


def noisy(n, slope):
    a = rng.normal(size=n)
    return a, slope * a + rng.normal(size=n)


cases = [
    case("5 in order", [1, 2, 3, 4, 5], [2, 4, 7, 9, 12]),
    case("5 reversed but one", [1, 2, 3, 4, 5], [9, 8, 2, 3, 1]),
    case("4", [0.1, 0.4, 0.2, 0.9], [1, 3, 4, 2]),
    case("7 noisy", *noisy(7, 1.0)),
    case("9 noisy", *noisy(9, 0.5)),
    case("9 unrelated", *noisy(9, 0.0)),
    case("8 with ties", [1, 1, 2, 3, 3, 3, 7, 8], [0.2, 0.1, 0.3, 0.3, 0.5, 0.9, 0.8, 0.7]),
    case("10 noisy", *noisy(10, 2.0)),
    case("40 noisy", *noisy(40, 0.7)),
    case("200 with ties", *(numpy.round(v) for v in noisy(200, 0.3))),
]
out = {"made_with": {"scipy": scipy.__version__, "numpy": numpy.__version__}, "cases": cases}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(out, indent=1) + "\n")
