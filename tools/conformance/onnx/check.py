"""Holds ONNX files to the onnx checker and to Python's onnxruntime: python check.py CASES.json

CASES.json is a list of {file, dtype, columns, rows, scores}; one line of JSON comes back for each: what failed, or the largest
difference as a share of the score's size (of 1 where that is smaller), in the given rows and in the file's own self-test.
"""

import json
import sys

import numpy as np
import onnx
import onnxruntime

DTYPES = {"double": np.float64, "float": np.float32}


def difference(found, expected):
    expected = np.asarray(expected, dtype=np.float64)
    return float(np.max(np.abs(found.astype(np.float64) - expected) / np.maximum(1, np.abs(expected))))


def check(case):
    model = onnx.load(case["file"])
    onnx.checker.check_model(model, full_check=True)
    metadata = {prop.key: prop.value for prop in model.metadata_props}
    dtype = DTYPES[metadata["nomaly.dtype"]]
    session = onnxruntime.InferenceSession(case["file"], providers=["CPUExecutionProvider"])
    rows = np.array(case["rows"], dtype=np.float64).reshape(-1, case["columns"]).astype(dtype)
    scores, labels = session.run(["score", "label"], {"rows": rows})
    threshold = float(metadata["nomaly.threshold"])
    own = json.loads(metadata["nomaly.self_test"])
    again = session.run(["score"], {"rows": np.array(own["rows"], dtype=dtype)})[0]
    return {
        "dtype": scores.dtype.name,
        "difference": difference(scores, case["scores"]),
        "self_test": difference(again, own["scores"]),
        "labels": bool(np.all(labels == (scores.astype(np.float64) > threshold))),
    }


print(json.dumps({"versions": {"onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__}}))
for case in json.load(open(sys.argv[1])):
    try:
        result = check(case)
    except Exception as failure:  # which one is for the test to tell
        result = {"failure": f"{type(failure).__name__}: {failure}"}
    print(json.dumps({"file": case["file"], **result}), flush=True)
