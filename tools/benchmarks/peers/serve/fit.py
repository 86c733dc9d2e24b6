"""Fits PyOD's isolation forest to rows (JSON on stdin) and keeps it."""
import json
import sys

import joblib
import numpy as np
from pyod.models.iforest import IForest

model = IForest(n_estimators=100, max_samples=256, contamination=0.01, random_state=1, n_jobs=1)
model.fit(np.asarray(json.load(sys.stdin)))
joblib.dump(model, sys.argv[1])
