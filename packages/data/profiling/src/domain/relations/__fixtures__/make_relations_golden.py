"""Golden values of correlations and time series tests.

Python 3.11, numpy 2.4.6, pandas 3.1.1, scipy 1.17.1, scikit-learn 1.9.1, phik 0.12.5, statsmodels 0.15.0:
python make_relations_golden.py > relations_golden.json
"""

import json

import numpy as np
import pandas as pd
import phik  # noqa: F401
from phik.phik import phik_from_hist2d
from scipy import stats
from scipy.stats.contingency import association, crosstab
from sklearn.metrics import mutual_info_score
from statsmodels.tsa.stattools import acf, adfuller

rng = np.random.default_rng(7)
n = 240
a = np.round(rng.normal(size=n), 4)
b = np.round(0.6 * a + rng.normal(size=n), 4)
c = np.round(a**2 + 0.2 * rng.normal(size=n), 4)
d = rng.integers(0, 6, size=n).astype(float)
d[::17] = np.nan
kind = np.where(a + 0.7 * rng.normal(size=n) > 0, "x", "y")
group = rng.choice(["p", "q", "r"], size=n, p=[0.6, 0.3, 0.1])
mixed = np.where(rng.random(n) < 0.5, group, np.where(kind == "x", "p", "q"))
frame = pd.DataFrame({"a": a, "b": b, "c": c, "d": d, "kind": kind, "group": group, "mixed": mixed})
numeric = ["a", "b", "c", "d"]
words = ["kind", "group", "mixed"]


def matrix(columns, of):
    return [[None if pd.isna(v := of(frame[x], frame[y])) else float(v) for y in columns] for x in columns]


def corrected(x, y):
    table = pd.crosstab(x, y).to_numpy()
    total, rows, columns = table.sum(), *table.shape
    phi2 = max(0, stats.chi2_contingency(table, correction=False)[0] / total - (rows - 1) * (columns - 1) / (total - 1))
    least = min(rows - (rows - 1) ** 2 / (total - 1), columns - (columns - 1) ** 2 / (total - 1)) - 1
    return np.sqrt(phi2 / least)


walk = np.round(np.cumsum(rng.normal(size=200)), 4)
still = np.round(rng.normal(size=200), 4)
season = np.round(np.sin(np.arange(200) * 2 * np.pi / 12) + 0.2 * rng.normal(size=200), 4)


def adf(x):
    statistic, p, lags, *_ = adfuller(x, result_object=False)
    return {"statistic": float(statistic), "pValue": float(p), "lags": int(lags)}


rank = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]
print(
    json.dumps(
        {
            "columns": {k: [None if pd.isna(v) else v for v in frame[k].tolist()] for k in frame},
            "pearson": matrix(numeric, lambda x, y: x.corr(y, method="pearson")),
            "spearman": matrix(numeric, lambda x, y: x.corr(y, method="spearman")),
            "kendall": matrix(numeric, lambda x, y: x.corr(y, method="kendall")),
            "cramersV": matrix(words, corrected),
            "phiK": frame.phik_matrix(interval_cols=numeric, njobs=1).loc[numeric + words, numeric + words].values.tolist(),
            "mutualInformation": matrix(words, mutual_info_score),
            "series": {
                k: {"values": v.tolist(), "adf": adf(v), "acf": acf(v, nlags=5).tolist()}
                for k, v in {"walk": walk, "still": still, "season": season}.items()
            },
            "chiSquareTail": [[x, k, float(stats.chi2.sf(x, k))] for x, k in [(0.1, 1), (3.84, 1), (30, 10), (2, 10), (300, 250), (90, 3)]],
            "benjaminiHochberg": {"p": rank, "adjusted": stats.false_discovery_control(rank).tolist()},
            "kolmogorov": [[d, n, m, float(stats.kstwo.sf(d, round(n * m / (n + m))))] for d, n, m in [(0.02, 9000, 9000), (0.05, 4000, 6000), (0.3, 40, 60)]],
            "normalCdf": [[x, float(stats.norm.cdf(x))] for x in [-7.5, -3.2, -1, -0.01, 0, 0.7, 2.9, 3.5]],
            "bivariateNormalCdf": [[h, k, r, float(stats.multivariate_normal([0, 0], [[1, r], [r, 1]]).cdf([h, k]))] for h, k, r in [(0.5, -1, 0.3), (1, 1, 0.9), (-2, 0, 0.6)]],
        },
        separators=(",", ":"),
    )
)
