"""Expected values of multivariate drift.

Run: /usr/bin/python3 multivariate.py > multivariate.json   (numpy, scikit-learn)

The inputs are made by mulberry32, the generator of shared/stats/seededSample.ts, so that they need not be stored.
"""
import json
import sys

import numpy
import sklearn
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict
from sklearn.preprocessing import StandardScaler


def mulberry32(seed):
    state = seed & 0xFFFFFFFF
    imul = lambda a, b: (a * b) & 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = state
        t = imul(t ^ (t >> 15), t | 1)
        t ^= (t + imul(t ^ (t >> 7), t | 61)) & 0xFFFFFFFF
        yield ((t ^ (t >> 14)) & 0xFFFFFFFF) / 4294967296


def table(seed, n, d, mix):
    """n x d numbers: uniform noise, of which column j takes a share of column j - 1."""
    random = mulberry32(seed)
    rows = numpy.array([[next(random) - 0.5 for _ in range(d)] for _ in range(n)])
    for j in range(1, d):
        rows[:, j] = mix * rows[:, j - 1] + (1 - mix) * rows[:, j]
    return rows


def seeded_order(n, seed):
    order = list(range(n))
    random = mulberry32(seed)
    for i in range(n - 1, 0, -1):
        j = int(next(random) * (i + 1))
        order[i], order[j] = order[j], order[i]
    return order


def reconstruction(seed, n, d, mix, live_mix):
    reference, live = table(seed, n, d, mix), table(seed + 1, n // 2, d, live_mix)
    scaler = StandardScaler().fit(reference)
    pca = PCA(n_components=0.65, svd_solver="full").fit(scaler.transform(reference))

    def errors(rows):
        z = scaler.transform(rows)
        return numpy.linalg.norm(z - pca.inverse_transform(pca.transform(z)), axis=1)

    return {
        "seed": seed, "n": n, "d": d, "mix": mix, "liveMix": live_mix,
        "components": int(pca.n_components_),
        "shareExplained": float(pca.explained_variance_ratio_.sum()),
        "eigenvalues": [float(v) for v in numpy.linalg.eigvalsh(numpy.corrcoef(reference.T))[::-1]],
        "referenceError": float(errors(reference).mean()),
        "liveError": float(errors(live).mean()),
    }


def domain(seed, n, d, shift):
    """Out-of-fold scores of ridge regression of the side; logistic regression beside it."""
    reference, live = table(seed, n, d, 0.3), table(seed + 1, n, d, 0.3) + shift
    rows = numpy.vstack([reference, live])
    y = numpy.array([0.0] * n + [1.0] * n)
    fold = numpy.empty(2 * n, dtype=int)
    for at, row in enumerate(seeded_order(2 * n, 7)):
        fold[row] = at % 5
    scores = numpy.empty(2 * n)
    for k in range(5):
        x, side = rows[fold != k], y[fold != k]
        cov = numpy.cov(x.T, bias=True).reshape(d, d)
        ridge = 1e-3 * numpy.trace(cov) / d
        c = ((x - x.mean(0)) * (side - side.mean())[:, None]).mean(0)
        scores[fold == k] = rows[fold == k] @ numpy.linalg.solve(cov + ridge * numpy.eye(d), c)
    logistic = cross_val_predict(LogisticRegression(), rows, y, cv=5, method="decision_function")
    return {
        "seed": seed, "n": n, "d": d, "shift": shift,
        "auc": float(roc_auc_score(y, scores)),
        "logisticAuc": float(roc_auc_score(y, logistic)),
    }


json.dump(
    {
        "made_with": {
            "python": sys.version.split()[0], "numpy": numpy.__version__,
            "scikit-learn": sklearn.__version__,
        },
        "reconstruction": [
            reconstruction(1, 400, 4, 0.6, 0.6),
            reconstruction(11, 600, 8, 0.7, 0.0),
            reconstruction(21, 300, 12, 0.2, 0.8),
        ],
        "domain": [domain(5, 300, 3, 0.0), domain(15, 300, 4, 0.05), domain(25, 200, 6, 0.3)],
    },
    sys.stdout,
    indent=1,
)
print()
