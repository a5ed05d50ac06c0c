"""Expected values for what drift statistics do by chance. Run: /usr/bin/python3 chance.py > chance.json

Needs numpy and scipy. `quantiles` are exact (scipy). `simulated` are the 95 % quantiles of 20,000 pairs of
samples that do not differ; their own sampling error is below 2 %.
"""
import json
import sys

import numpy
import scipy
from scipy.stats import chi2

RUNS = 20_000
SEED = 20261127
rng = numpy.random.default_rng(SEED)


def wasserstein(x, y):
    """Area between the two empirical distribution functions."""
    both = numpy.sort(numpy.concatenate([x, y]))
    gaps = numpy.diff(both)
    f = numpy.searchsorted(numpy.sort(x), both[:-1], side="right") / len(x)
    g = numpy.searchsorted(numpy.sort(y), both[:-1], side="right") / len(y)
    return float(numpy.sum(gaps * numpy.abs(f - g)))


def binned(counts_x, counts_y):
    p = counts_x / counts_x.sum()
    q = counts_y / counts_y.sum()
    floor = lambda s: numpy.maximum(s, 1e-4)
    psi = float(numpy.sum((floor(q) - floor(p)) * numpy.log(floor(q) / floor(p))))
    middle = (p + q) / 2
    part = lambda s: numpy.sum(numpy.where(s > 0, s * numpy.log2(numpy.where(s > 0, s / middle, 1)), 0))
    js = float(numpy.sqrt(max(0.0, (part(p) + part(q)) / 2)))
    return psi, js, float(numpy.sum(numpy.abs(p - q)) / 2)


def simulate_w1(name, draw, m, n):
    values = [wasserstein(draw(m), draw(n)) for _ in range(RUNS)]
    return {"fn": "wasserstein", "law": name, "m": m, "n": n, "q95": float(numpy.quantile(values, 0.95))}


def simulate_bins(shares, m, n):
    p = numpy.array(shares)
    draws = [binned(rng.multinomial(m, p), rng.multinomial(n, p)) for _ in range(RUNS)]
    q = numpy.quantile(numpy.array(draws), 0.95, axis=0)
    return {
        "fn": "binned", "shares": shares, "m": m, "n": n,
        "psi": float(q[0]), "jensenShannon": float(q[1]), "totalVariation": float(q[2]),
    }


tenths = [0.1] * 10
out = {
    "made_with": {"python": sys.version.split()[0], "numpy": numpy.__version__, "scipy": scipy.__version__},
    "seed": SEED,
    "runs": RUNS,
    "quantiles": [
        {"alpha": a, "df": df, "value": float(chi2.isf(a, df))}
        for a in (0.5, 0.1, 0.05, 0.01, 1e-6)
        for df in (1, 2, 9, 40, 999)
    ],
    "simulated": [
        simulate_w1("normal", lambda k: rng.standard_normal(k), 500, 300),
        simulate_w1("normal", lambda k: rng.standard_normal(k), 2000, 200),
        simulate_w1("uniform", lambda k: rng.random(k), 400, 400),
        simulate_w1("exponential", lambda k: rng.exponential(size=k), 600, 300),
        simulate_w1("digits", lambda k: rng.integers(0, 10, k).astype(float), 500, 500),
        simulate_w1("rare", lambda k: (rng.random(k) < 0.05).astype(float), 800, 400),
        simulate_bins(tenths, 2000, 500),
        simulate_bins(tenths, 500, 500),
        simulate_bins([0.5, 0.3, 0.15, 0.05], 1000, 400),
        simulate_bins([0.9, 0.1], 1000, 1000),
    ],
}
json.dump(out, sys.stdout, indent=1)
print()
