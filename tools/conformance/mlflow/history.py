"""Makes a small history of every kind with the Python client. Usage: history.py <tracking uri> [<artifact root>]."""

import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")
os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

import mlflow
import numpy as np
import pandas as pd
from mlflow import MlflowClient
from sklearn.linear_model import LogisticRegression

uri = sys.argv[1]
mlflow.set_tracking_uri(uri)
mlflow.set_registry_uri(uri)
client = MlflowClient()
major = int(mlflow.__version__.split(".")[0])
X, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 0, 1, 1])

experiment = mlflow.set_experiment("history")
client.set_experiment_tag(experiment.experiment_id, "team", "risk")
with mlflow.start_run(run_name="parent", description="a note") as parent:
    mlflow.log_params({"depth": 3, "empty": "", "folder/key": "x"})
    for step in range(20):
        mlflow.log_metric("loss", 1.0 / (step + 1), step=step)
    client.log_batch(
        parent.info.run_id,
        metrics=[mlflow.entities.Metric("train/long", float(i), 1000 + i, i) for i in range(1000)],
    )
    mlflow.log_metrics({"nan": float("nan"), "inf": float("inf")})
    mlflow.log_input(mlflow.data.from_pandas(pd.DataFrame({"x": [1, 2]}), source="f.csv", name="train"), context="training")
    mlflow.log_text("hello", "notes/hello.txt")
    with mlflow.start_run(run_name="child", nested=True) as child:
        mlflow.log_metric("auc", 0.5, timestamp=1700000000000)
        model = LogisticRegression().fit(X, y)
        how = {"name": "model"} if major >= 3 else {"artifact_path": "model"}
        info = mlflow.sklearn.log_model(model, registered_model_name="iris", pip_requirements=["scikit-learn"], **how)
        if major >= 3:
            mlflow.log_metric("auc", 0.75, model_id=info.model_id)
with mlflow.start_run(run_name="gone") as gone:
    mlflow.log_metric("m", 1)
client.delete_run(gone.info.run_id)
other = client.create_experiment("deleted")
client.create_run(other)
client.delete_experiment(other)
for _ in range(2):
    mlflow.register_model(info.model_uri, "iris", tags={"from": "uri"})
client.delete_model_version("iris", "2")
client.update_model_version("iris", "3", "third")
client.set_registered_model_alias("iris", "champion", "3")
client.set_registered_model_tag("iris", "kind", "flower")
client.update_registered_model("iris", "flowers")
client.transition_model_version_stage("iris", "1", "Production")
print(json.dumps({"parent": parent.info.run_id, "child": child.info.run_id, "gone": gone.info.run_id}))
