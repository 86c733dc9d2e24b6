"""Measures one peer of `bench -- stream` in this process and prints one JSON object; our side is src/stream/measure-ours.ts."""

import argparse
import importlib.metadata
import json
import os
import sys
import time

os.environ["NUMBA_NUM_THREADS"] = "1"
sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))

from synthetic import synthetic_data  # noqa: E402


def score_then_learn(model):
    def take(sample):
        model.score_one(sample)
        model.learn_one(sample)

    return take


def river_trees(trees, height, rows):
    from river.anomaly import HalfSpaceTrees

    limits = {column: (-8, 8) for column in range(rows.shape[1])}
    model = HalfSpaceTrees(n_trees=trees, height=height, window_size=250, limits=limits, seed=1)
    return score_then_learn(model), [dict(enumerate(row)) for row in rows.tolist()]


def river_drift(name, rows):
    from river import drift

    return getattr(drift, name)().update, rows[:, 0].tolist()


def pysad_model(name, parameters, rows):
    from pysad import models

    model = getattr(models, name)(**parameters)
    model.fit_partial(rows[0])
    return model.fit_score_partial, list(rows)


def rrcf_forest(trees, rows):
    import rrcf

    forest = [rrcf.RCTree() for _ in range(trees)]
    taken = 0

    def take(row):
        nonlocal taken
        total = 0
        for tree in forest:
            if len(tree.leaves) > 256:
                tree.forget_point(taken - 256)
            tree.insert_point(row, index=taken)
            total += tree.codisp(taken)
        taken += 1
        return total / trees

    return take, list(rows)


def stumpy_left(rows):
    import stumpy

    values = rows[:, 0].copy()
    stream = stumpy.stumpi(values[:5000], m=100, egress=True)
    return stream.update, values[5000:].tolist()


SAMPLES = {
    "hst-10x8": (10, lambda rows: river_trees(10, 8, rows)),
    "hst-25x8": (10, lambda rows: river_trees(25, 8, rows)),
    "hst-25x15": (10, lambda rows: river_trees(25, 15, rows)),
    "rrcf-40": (10, lambda rows: rrcf_forest(40, rows)),
    "loda": (10, lambda rows: pysad_model("LODA", {}, rows)),
    "rs-hash": (10, lambda rows: pysad_model("RSHash", {"feature_mins": [-8] * 10, "feature_maxes": [8] * 10}, rows)),
    "xstream": (10, lambda rows: pysad_model("xStream", {}, rows)),
    "adwin": (1, lambda rows: river_drift("ADWIN", rows)),
    "page-hinkley": (1, lambda rows: river_drift("PageHinkley", rows)),
    "kswin": (1, lambda rows: river_drift("KSWIN", rows)),
    "left-profile": (1, stumpy_left),
}


def streamed(contest, seconds, seed):
    columns, make = SAMPLES[contest]
    take, samples = make(synthetic_data(40_000, columns, seed)[0])
    for sample in samples[:300]:  # imports, compiling and empty windows stay out of the time
        take(sample)
    count, start = 0, time.process_time()
    while True:
        for sample in samples[300:]:
            take(sample)
            count += 1
            if count % 64 == 0 and time.process_time() - start > seconds:
                return count / (time.process_time() - start)


def matrix_profile(seed):
    import stumpy

    values = synthetic_data(20_000, 1, seed)[0][:, 0].copy()
    stumpy.stump(values[:1000], m=100)
    start = time.process_time()
    stumpy.stump(values, m=100)
    return len(values) / (time.process_time() - start)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("contest")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rate = matrix_profile(given.seed) if given.contest == "matrix-profile" else streamed(given.contest, given.seconds, given.seed)
    versions = {}
    for package in ("river", "pysad", "rrcf", "stumpy"):
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            pass  # one that could not be installed has no figures either
    print(json.dumps({"pointsPerSecond": rate, "versions": versions}))


main()
