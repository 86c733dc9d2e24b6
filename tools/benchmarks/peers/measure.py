"""Measures one peer at one size in this process and prints one JSON object; the twin of src/speed/measure-ours.ts."""

import argparse
import hashlib
import importlib
import importlib.metadata
import inspect
import json
import platform
import time
import warnings

import process_meter as meter
from synthetic import synthetic_data


# Where it stands, its class, and what differs from its defaults; a seed is given to whatever takes one.
PEERS = {
    "iforest": ("sklearn.ensemble", "IsolationForest", {"n_estimators": 100, "max_samples": 256, "n_jobs": 1}),
    "ecod": ("pyod.models.ecod", "ECOD", {}),
    "copod": ("pyod.models.copod", "COPOD", {}),
    "hbos": ("pyod.models.hbos", "HBOS", {}),
    "pca": ("pyod.models.pca", "PCA", {}),
    "loda": ("pyod.models.loda", "LODA", {}),
    "inne": ("pyod.models.inne", "INNE", {}),
    "knn": ("pyod.models.knn", "KNN", {"n_neighbors": 5}),
    "knn-brute": ("pyod.models.knn", "KNN", {"n_neighbors": 5, "algorithm": "brute"}),
    "lof": ("pyod.models.lof", "LOF", {"n_neighbors": 20}),
    "lof-brute": ("pyod.models.lof", "LOF", {"n_neighbors": 20, "algorithm": "brute"}),
    "abod": ("pyod.models.abod", "ABOD", {"n_neighbors": 5, "method": "fast"}),
    "kde": ("pyod.models.kde", "KDE", {"bandwidth": 1.0}),
    "ocsvm": ("pyod.models.ocsvm", "OCSVM", {}),
    "mcd": ("pyod.models.mcd", "MCD", {}),
    "gmm": ("pyod.models.gmm", "GMM", {}),
    "cblof": ("pyod.models.cblof", "CBLOF", {"alpha": 0.8}),
}


def make(peer, seed):
    module, name, parameters = PEERS[peer]
    model = getattr(importlib.import_module(module), name)
    takes_seed = "random_state" in inspect.signature(model).parameters
    if peer == "cblof":
        from sklearn.cluster import KMeans

        parameters = {**parameters, "clustering_estimator": KMeans(n_clusters=8, n_init=10, random_state=seed)}
    return model(**parameters, **({"random_state": seed} if takes_seed else {}))


def scores_of(model, rows):
    # scikit-learn's forest scores normal rows higher; PyOD, like us, anomalous ones
    return -model.score_samples(rows) if hasattr(model, "score_samples") else model.decision_function(rows)


def measure(peer, rows, columns, seed, quiet):
    from sklearn.metrics import roc_auc_score

    def fit():
        return make(peer, seed).fit(matrix)

    matrix = synthetic_data(1000, columns, seed + 1)[0]
    for _ in range(3):  # imports and numba's compiling stay out of the times
        scores_of(fit(), matrix)

    matrix, labels = synthetic_data(rows, columns, seed)
    meter.wait_until_quiet(quiet)
    meter.forget_peak()
    before, busy, start, cpu = meter.resident_mb(), meter.busy_seconds(), time.perf_counter(), time.process_time()
    model, *first_fit = meter.timed(fit)
    scores, *first_score = meter.timed(lambda: scores_of(model, matrix))
    peak = meter.peak_mb()
    fit_cpu, fit_wall = meter.repeated(fit, first_fit)
    score_cpu, score_wall = meter.repeated(lambda: scores_of(model, matrix), first_score)
    others = None
    if busy is not None:
        own = time.process_time() - cpu
        others = max(0, (meter.busy_seconds() - busy - own) / (time.perf_counter() - start))
    return {
        "dataSha256": hashlib.sha256(matrix).hexdigest(),
        "fit": {"cpuSeconds": fit_cpu, "wallSeconds": fit_wall},
        "score": {"cpuSeconds": score_cpu, "wallSeconds": score_wall},
        "firstRun": {"cpuSeconds": first_fit[0] + first_score[0], "wallSeconds": first_fit[1] + first_score[1]},
        "residentBeforeMb": before,
        "residentPeakMb": peak,
        "rocAuc": float(roc_auc_score(labels, scores)),
        "othersBusyCores": others,
        "versions": versions(),
    }


def versions():
    packages = ("scikit-learn", "pyod", "numpy", "scipy", "numba")
    return {"Python": platform.python_version(), **{name: importlib.metadata.version(name) for name in packages}}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("rows", type=int)
    parser.add_argument("columns", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("quiet", type=float)
    warnings.filterwarnings("ignore")
    print(json.dumps(measure(**vars(parser.parse_args()))))
