"""Golden scores for gmm.test.ts. Made with scikit-learn 1.9.1, numpy 2.4.6, PyOD 3.6.5 on Python 3.11:

    python make_mixture_golden.py > gmm.json

Rows come from a generator that any language repeats (Park, Miller); they are stored with the scores.
"""

import json

import numpy
import pyod
import sklearn
from pyod.models.gmm import GMM


def uniforms(seed):
    state = seed
    while True:
        state = state * 48271 % 2147483647
        yield state / 2147483647


def cloud(draw, rows, center, spread):
    # sums of three uniforms; the third column leans on the first
    out = []
    for _ in range(rows):
        a, b, c = (sum(next(draw) for _ in range(3)) - 1.5 for _ in range(3))
        out.append([round(center + spread * v, 6) for v in (a, 2 * b, c + 0.8 * a)])
    return out


draw = uniforms(20201120)
one = cloud(draw, 60, 0, 1)
three = cloud(draw, 40, 0, 1) + cloud(draw, 30, 30, 2) + cloud(draw, 20, -50, 0.5)
cases = []
for name, rows, components in (("one", one, 1), ("three", three, 3)):
    for kind in ("full", "tied", "diag", "spherical"):
        model = GMM(n_components=components, covariance_type=kind, n_init=1, random_state=0)
        model.fit(numpy.array(rows))
        cases.append(
            {
                "rows": name,
                "nComponents": components,
                "covarianceType": kind,
                "iterations": model.detector_.n_iter_,
                "scores": model.decision_scores_.tolist(),
            }
        )
versions = {"pyod": pyod.version.__version__, "scikit-learn": sklearn.__version__, "numpy": numpy.__version__}
print(json.dumps({"versions": versions, "rows": {"one": one, "three": three}, "cases": cases}))
