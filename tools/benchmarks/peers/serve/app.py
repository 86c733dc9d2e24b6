"""The work of POST /detect with a kept model, as one writes it with FastAPI and PyOD."""
import os

import joblib
import numpy as np
from fastapi import FastAPI
from pydantic import BaseModel

model = joblib.load(os.environ["MODEL"])
app = FastAPI()


class Rows(BaseModel):
    rows: list[list[float]]


@app.post("/detect")
def detect(request: Rows):
    scores = model.decision_function(np.asarray(request.rows))
    order = np.argsort(-scores)
    above = order[scores[order] > model.threshold_]
    anomalies = [{"index": int(row), "score": float(scores[row])} for row in above]
    return {"scores": scores.tolist(), "threshold": float(model.threshold_), "anomalies": anomalies}
