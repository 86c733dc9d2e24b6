#!/usr/bin/env python3
"""Golden scores from PyOD for the detectors named below.

Usage: ADBENCH=folder python make_pyod_golden.py [abod cof sod ocsvm mad feature_bagging]; writes <id>.json beside this file.
Made with Python 3.11.2, PyOD 3.6.5, scikit-learn 1.9.1, numpy 2.4.6, numba as PyOD pulls it in; feature_bagging needs combo 0.1.3 as well.
"""
import json
import pathlib
import sys

import numpy as np
import pyod
import sklearn

HERE = pathlib.Path(__file__).parent


def rows_of(rows, columns, seed):
    """Two clusters of different spread and a few strays, by Park and Miller's generator: the same on every machine."""
    state = seed

    def uniform():
        nonlocal state
        state = state * 48271 % 2147483647
        return state / 2147483647

    def bell():
        return sum(uniform() for _ in range(12)) - 6

    data = np.empty((rows, columns))
    for row in range(rows):
        kind = row % 10
        center, spread = (0, 1) if kind < 6 else (8, 0.3) if kind < 9 else (4, 6)
        data[row] = [round(center + spread * bell(), 6) for _ in range(columns)]
    return data


TRAIN = rows_of(120, 3, 7)
FRESH = rows_of(20, 3, 11)


def write(name, body, train=TRAIN, fresh=FRESH):
    versions = {"pyod": pyod.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__}
    data = {"versions": versions, "columns": train.shape[1], "train": train.ravel().tolist()}
    if fresh is not None:
        data["fresh"] = fresh.ravel().tolist()
    (HERE / f"{name}.json").write_text(json.dumps({**data, **body}) + "\n")


def abod():
    from pyod.models.abod import ABOD

    model = ABOD().fit(TRAIN)
    write("abod", {"scores": model.decision_scores_.tolist(), "freshScores": model.decision_function(FRESH).tolist()})


def cof():
    from pyod.models.cof import COF

    scores = {str(k): COF(n_neighbors=k).fit(TRAIN).decision_scores_.tolist() for k in (5, 20)}
    write("cof", {"scores": scores}, fresh=None)  # PyOD scores new rows among themselves only


def sod():
    from pyod.models.sod import SOD
    from sklearn.neighbors import NearestNeighbors

    def clear_rows(X, k, size):
        """Rows whose reference set is clear: no other row shares as many neighbours as the last of the set."""
        near = NearestNeighbors(n_neighbors=k).fit(X).kneighbors(return_distance=False)
        clear = []
        for i in range(len(X)):
            shared = sorted((len(set(near[i]) & set(near[j])) for j in range(len(X)) if j != i), reverse=True)
            clear.append(shared[size - 1] > shared[size])
        return clear

    cases = {}
    for k, size, alpha in ((20, 10, 0.8), (8, 5, 0.9)):
        scores = SOD(n_neighbors=k, ref_set=size, alpha=alpha).fit(TRAIN).decision_scores_.tolist()
        cases[f"{k},{size},{alpha}"] = {"scores": scores, "clear": clear_rows(TRAIN, k, size)}
    write("sod", {"cases": cases}, fresh=None)


def ocsvm():
    from pyod.models.ocsvm import OCSVM

    cases = {}
    for name, parameters in {
        "rbf": {},
        "rbf-scale": {"gamma": "scale", "nu": 0.1},
        "poly": {"kernel": "poly", "coef0": 1.0, "gamma": 0.05},
        "sigmoid": {"kernel": "sigmoid", "gamma": 0.02, "coef0": 0.5},
    }.items():
        model = OCSVM(**{**parameters, "tol": 1e-8})  # near the optimum, where every solver meets
        model.fit(TRAIN)
        cases[name] = {"parameters": parameters, "scores": model.decision_scores_.tolist(),
                       "freshScores": model.decision_function(FRESH).tolist()}
    write("ocsvm", {"cases": cases})


def mad():
    from pyod.models.mad import MAD

    train, fresh = TRAIN[:, :1], FRESH[:, :1]
    model = MAD().fit(train)
    write("mad", {"scores": model.decision_scores_.tolist(), "freshScores": model.decision_function(fresh).tolist()},
          train, fresh)


def feature_bagging():
    """Mean and standard deviation of the ROC-AUC over ten seeds, on z-scored ADBench sets (folder in ADBENCH)."""
    import os

    from pyod.models.feature_bagging import FeatureBagging
    from sklearn.metrics import roc_auc_score

    sets = {}
    for name in ("Hepatitis", "glass", "vertebral", "Ionosphere", "Pima", "cardio"):
        rows = np.loadtxt(pathlib.Path(os.environ["ADBENCH"]) / f"{name}.csv.gz", delimiter=",", skiprows=1)
        x, labels = rows[:, :-1], rows[:, -1]
        deviations = x.std(axis=0)
        x = (x - x.mean(axis=0)) / np.where(deviations == 0, 1, deviations)
        aucs = [roc_auc_score(labels, FeatureBagging(random_state=seed).fit(x).decision_scores_) for seed in range(10)]
        sets[name] = {"auc": float(np.mean(aucs)), "deviation": float(np.std(aucs, ddof=1))}
    versions = {"pyod": pyod.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__}
    (HERE / "feature-bagging.json").write_text(json.dumps({"versions": versions, "sets": sets}) + "\n")


MAKERS = {"abod": abod, "cof": cof, "sod": sod, "ocsvm": ocsvm, "mad": mad, "feature_bagging": feature_bagging}
for wanted in sys.argv[1:] or MAKERS:
    MAKERS[wanted]()
