"""Golden numbers of drift per column and of the automatic choice: python3.11 make_evidently.py > evidently.json

Made with evidently 0.7.23, scipy 1.17.1, numpy 2.4.6, pandas 2.3.3.
"""

import json
import warnings

import evidently
import numpy as np
import pandas as pd
import scipy
from scipy import stats

warnings.simplefilter("ignore")
from evidently.legacy.calculations.stattests.registry import get_stattest  # noqa: E402
from evidently.legacy.core import ColumnType  # noqa: E402

KINDS = {"numeric": ColumnType.Numerical, "categorical": ColumnType.Categorical}


def case(name, kind, reference, window):
    a, b = pd.Series(reference), pd.Series(window)
    test = get_stattest(a, b, KINDS[kind], None)
    result = test(a.copy(), b.copy(), KINDS[kind], None)
    out = {
        "name": name, "kind": kind, "reference": a.tolist(), "window": b.tolist(), "method": test.name,
        "score": float(result.drift_score), "drifted": bool(result.drifted),
    }
    if test.name == "chisquare":
        keys = sorted(set(a) | set(b))
        table = [[int((a == k).sum()) for k in keys], [int((b == k).sum()) for k in keys]]
        found = stats.chi2_contingency(table, correction=False)
        out["homogeneity"] = {"statistic": float(found.statistic), "p": float(found.pvalue)}
    return out


if __name__ == "__main__":
    rng = np.random.default_rng(11)
    small = np.round(rng.normal(0, 1, 120), 4)
    large = np.round(rng.normal(0, 1, 1200), 3)
    names = np.array(["x", "y", "z"])
    print(json.dumps({
        "versions": {"evidently": evidently.__version__, "scipy": scipy.__version__},
        "cases": [
            case("few rows, shifted", "numeric", small, np.round(rng.normal(0.4, 1, 90), 4)),
            case("few rows, alike", "numeric", small, np.round(rng.normal(0, 1, 90), 4)),
            case("few rows, ties", "numeric", rng.integers(0, 9, 100), rng.integers(1, 10, 80)),
            case("few rows, five numbers", "numeric", rng.integers(0, 5, 100), rng.integers(0, 4, 100)),
            case("few rows, two numbers", "numeric", (rng.random(100) < 0.3).astype(int), (rng.random(60) < 0.5).astype(int)),
            case("few rows, two names", "categorical", names[(rng.random(100) < 0.3).astype(int)], names[(rng.random(60) < 0.4).astype(int)]),
            case("few rows, three names", "categorical", names[rng.integers(0, 3, 200)], names[rng.choice(3, 150, p=[0.5, 0.3, 0.2])]),
            case("many rows, wider", "numeric", large, np.round(rng.normal(0, 1.4, 200), 3)),
            case("many rows, alike", "numeric", large, np.round(rng.normal(0, 1, 400), 3)),
            case("many rows, three names", "categorical", names[rng.integers(0, 3, 1100)], names[rng.choice(3, 150, p=[0.7, 0.2, 0.1])]),
            case("many rows, four numbers", "numeric", rng.integers(0, 4, 1100), rng.integers(0, 3, 90)),
        ],
    }))
