"""Golden scores for mcd.test.ts: scikit-learn's asymptotic consistency. Made with scikit-learn 1.9.1, numpy 2.4.6, PyOD 3.6.5:

    python make_mcd_golden.py > mcd.json

Rows come from a generator that any language repeats (Park, Miller): a cloud of 60 correlated rows, and 20 far away. The
least determinant of 200 seeds is kept; its half of the rows is what any good search finds.
"""

import json

import numpy
import pyod
import sklearn
from pyod.models.mcd import MCD

state = 20201120


def bell():
    global state
    total = -6.0
    for _ in range(12):
        state = state * 48271 % 2147483647
        total += state / 2147483647
    return total


rows = []
for i in range(80):
    a, b, c = bell(), bell(), bell()
    far = 15 if i % 4 == 3 else 0
    rows.append([round(v, 6) for v in (a + far, 2 * b + a, c - far + 0.5 * b)])

x = numpy.array(rows)
models = [MCD(random_state=seed).fit(x) for seed in range(200)]
best = min(models, key=lambda model: numpy.linalg.slogdet(model.raw_covariance_)[1])
print(
    json.dumps(
        {
            "versions": {"pyod": pyod.version.__version__, "scikit-learn": sklearn.__version__, "numpy": numpy.__version__},
            "rows": rows,
            "logDeterminant": float(numpy.linalg.slogdet(best.raw_covariance_)[1]),
            "scores": best.decision_scores_.tolist(),
        }
    )
)
