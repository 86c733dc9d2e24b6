"""Golden numbers of CBPE, DLE and PCA reconstruction error: python3.11 make_nannyml.py > nannyml.json

Made with nannyml 0.13.1 (and statsmodels 0.15.0, which it needs and does not name), numpy 2.4.6, pandas 2.3.3, scikit-learn 1.9.1,
lightgbm 4.5.0.
"""

import json
import logging
import warnings

import numpy as np
import pandas as pd

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
import nannyml as nml  # noqa: E402

CLASSIFICATION = ["roc_auc", "f1", "precision", "recall", "specificity", "accuracy"]
REGRESSION = ["mae", "mape", "mse", "msle", "rmse", "rmsle"]


def numbers(values):
    return [round(float(v), 6) for v in values]


def analysis_of(result, metrics, upper="upper_confidence_boundary"):
    frame = result.filter(period="analysis").to_df()
    reference = result.filter(period="reference").to_df()
    out = {}
    for metric in metrics:
        out[metric] = {
            "estimated": [float(v) for v in frame[(metric, "value")]],
            "realised": [float(v) for v in frame[(metric, "realized")]],
            "sampling_error": [float(v) for v in frame[(metric, "sampling_error")]],
            "lower_threshold": float(reference[(metric, "lower_threshold")].iloc[0]),
            "upper_threshold": float(reference[(metric, "upper_threshold")].iloc[0]),
        }
    return out


def binary(rng, sharpness):
    n, m = 1000, 400
    x = np.concatenate([rng.normal(0, 1.5, n), rng.normal(0.8, 1.0, m)])
    p = 1 / (1 + np.exp(-x))
    y = (rng.random(n + m) < p).astype(int)
    score = np.round(1 / (1 + np.exp(-sharpness * x)), 6)
    frame = pd.DataFrame({"score": score, "pred": (score >= 0.5).astype(int), "y": y})
    cbpe = nml.CBPE(
        metrics=CLASSIFICATION + ["confusion_matrix"], y_pred_proba="score", y_true="y", y_pred="pred",
        problem_type="classification_binary", chunk_size=200,
    )
    reference, analysis = frame.iloc[:n].reset_index(drop=True), frame.iloc[n:].reset_index(drop=True)
    cbpe.fit(reference)
    result = cbpe.estimate(analysis)
    elements = ["true_positive", "true_negative", "false_positive", "false_negative"]
    return {
        "reference": {"score": numbers(reference.score), "y": reference.y.tolist()},
        "analysis": {"score": numbers(analysis.score), "y": analysis.y.tolist()},
        "needs_calibration": bool(cbpe.needs_calibration),
        "metrics": analysis_of(result, CLASSIFICATION + elements),
    }


def multiclass(rng):
    n, m, names = 900, 300, ["a", "b", "c"]
    x = rng.normal(0, 1.2, (n + m, 3))
    x[n:, 0] += 0.7
    p = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    y = np.array([rng.choice(3, p=row) for row in p])
    scores = np.exp(1.8 * x) / np.exp(1.8 * x).sum(axis=1, keepdims=True)
    scores = np.round(scores, 6)
    frame = pd.DataFrame({f"p_{c}": scores[:, i] for i, c in enumerate(names)})
    frame["y"] = [names[i] for i in y]
    frame["pred"] = [names[i] for i in scores.argmax(axis=1)]
    cbpe = nml.CBPE(
        metrics=CLASSIFICATION, y_pred_proba={c: f"p_{c}" for c in names}, y_true="y", y_pred="pred",
        problem_type="classification_multiclass", chunk_size=150,
    )
    reference, analysis = frame.iloc[:n].reset_index(drop=True), frame.iloc[n:].reset_index(drop=True)
    cbpe.fit(reference)
    result = cbpe.estimate(analysis)
    dump = lambda f: {"scores": [numbers(f[f"p_{c}"]) for c in names], "y": f.y.tolist()}  # noqa: E731
    return {
        "names": names, "reference": dump(reference), "analysis": dump(analysis),
        "metrics": analysis_of(result, CLASSIFICATION),
    }


def regression(rng):
    n, m = 2000, 400
    a = np.concatenate([rng.uniform(0, 10, n), rng.uniform(5, 10, m)])
    b = rng.normal(0, 1, n + m)
    kind = np.where(rng.random(n + m) < 0.3, "rough", "smooth")
    noise = rng.normal(0, 1, n + m) * (0.5 + 0.3 * a) * np.where(kind == "rough", 2, 1)
    y = 60 + 3 * a + 2 * b + noise
    pred = 60 + 3 * a + 2 * b
    frame = pd.DataFrame({"a": np.round(a, 5), "b": np.round(b, 5), "kind": kind, "pred": np.round(pred, 5), "y": np.round(y, 5)})
    reference, analysis = frame.iloc[:n].reset_index(drop=True), frame.iloc[n:].reset_index(drop=True)
    dle = nml.DLE(
        feature_column_names=["a", "b", "kind"], y_pred="pred", y_true="y", metrics=REGRESSION, chunk_size=200,
        hyperparameters={"verbosity": -1, "deterministic": True, "seed": 1},
    )
    dle.fit(reference)
    result = dle.estimate(analysis)
    dump = lambda f: {c: f[c].tolist() for c in f.columns}  # noqa: E731
    return {"reference": dump(reference), "analysis": dump(analysis), "metrics": analysis_of(result, REGRESSION)}


def reconstruction(rng):
    n, m = 300, 100
    t = np.concatenate([rng.normal(0, 1, n), rng.normal(0, 1, m)])
    frame = pd.DataFrame({
        "u": t + rng.normal(0, 0.2, n + m),
        "v": np.concatenate([t[:n], -t[n:]]) + rng.normal(0, 0.2, n + m),
        "w": rng.normal(5, 2, n + m),
        "k": np.where(rng.random(n + m) < 0.6, "p", np.where(rng.random(n + m) < 0.5, "q", "r")),
    }).round(5)
    frame.loc[[3, n + 5], "w"] = np.nan
    frame.loc[[7, n + 9], "k"] = np.nan
    reference, analysis = frame.iloc[:n].reset_index(drop=True), frame.iloc[n:].reset_index(drop=True)
    calculator = nml.DataReconstructionDriftCalculator(column_names=["u", "v", "w", "k"], chunk_size=50)
    calculator.fit(reference)
    result = calculator.calculate(analysis)
    frames = {p: result.filter(period=p).to_df() for p in ("reference", "analysis")}
    name = "reconstruction_error"
    dump = lambda f: {c: [None if pd.isna(v) else v for v in f[c]] for c in f.columns}  # noqa: E731
    return {
        "reference": dump(reference), "analysis": dump(analysis),
        "reference_errors": frames["reference"][(name, "value")].tolist(),
        "analysis_errors": frames["analysis"][(name, "value")].tolist(),
        "sampling_errors": frames["analysis"][(name, "sampling_error")].tolist(),
        "upper_threshold": float(frames["reference"][(name, "upper_threshold")].iloc[0]),
        "lower_threshold": float(frames["reference"][(name, "lower_threshold")].iloc[0]),
    }


if __name__ == "__main__":
    rng = np.random.default_rng(7)
    print(json.dumps({
        "versions": {"nannyml": nml.__version__, "numpy": np.__version__, "pandas": pd.__version__},
        "binary_calibrated": binary(rng, 1.0),
        "binary_overconfident": binary(rng, 2.5),
        "multiclass": multiclass(rng),
        "regression": regression(rng),
        "reconstruction": reconstruction(rng),
    }))
