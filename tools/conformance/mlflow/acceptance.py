"""What a user of the Python client does, read back through the same client. Prints one JSON line of checks.

Usage: acceptance.py <tracking uri>. Each check answers what it saw; the caller compares with its own reading.
"""

import json
import os
import sys
import tempfile
import time
import traceback
import warnings

warnings.filterwarnings("ignore")
os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] = "2"

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import mlflow
import numpy as np
import pandas as pd
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException
from sklearn.linear_model import LogisticRegression

uri = sys.argv[1]
mlflow.set_tracking_uri(uri)
mlflow.set_registry_uri(uri)
client = MlflowClient()
major = int(mlflow.__version__.split(".")[0])
results = {"version": mlflow.__version__}
X = np.array([[0.0], [1.0], [2.0], [3.0]])
y = np.array([0, 0, 1, 1])


def check(work):
    started = time.perf_counter()
    try:
        results[work.__name__] = {"ok": True, "seen": work()}
    except Exception as error:
        results[work.__name__] = {"ok": False, "error": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
    results[work.__name__]["seconds"] = round(time.perf_counter() - started, 3)


def refusal(work):
    try:
        work()
    except MlflowException as error:
        return error.error_code
    return "accepted"


@check
def experiments():
    made = mlflow.set_experiment("acceptance")
    again = mlflow.set_experiment("acceptance")
    assert made.experiment_id == again.experiment_id
    client.set_experiment_tag(made.experiment_id, "team", "risk")
    assert client.get_experiment(made.experiment_id).tags == {"team": "risk"}
    duplicate = refusal(lambda: client.create_experiment("acceptance"))
    other = client.create_experiment("acceptance-other", tags={"team": "other"})
    client.rename_experiment(other, "acceptance-renamed")
    client.delete_experiment(other)
    assert client.get_experiment(other).lifecycle_stage == "deleted"
    deleted = [e.name for e in client.search_experiments(view_type=ViewType.DELETED_ONLY)]
    client.restore_experiment(other)
    named = [e.name for e in client.search_experiments(filter_string="name LIKE 'acceptance%'", order_by=["name ASC"])]
    tagged = [e.name for e in client.search_experiments(filter_string="tags.team = 'risk'")]
    absent = client.get_experiment_by_name("no such experiment")
    return {"id": made.experiment_id, "duplicate": duplicate, "deleted": deleted, "named": named, "tagged": tagged, "absent": absent}


@check
def runs():
    with mlflow.start_run(run_name="parent", description="a note", tags={"stage": "dev"}) as run:
        mlflow.log_param("depth", 3)
        mlflow.log_params({"rate": 0.1, "empty": ""})
        for step in range(5):
            mlflow.log_metric("loss", 1.0 / (step + 1), step=step)
        mlflow.log_metrics({"auc": 0.93, "nan": float("nan"), "inf": float("inf")}, step=2)
        mlflow.set_tag("mood", "good")
        mlflow.set_tags({"gone": "soon"})
        client.delete_tag(run.info.run_id, "gone")
        with mlflow.start_run(run_name="child", nested=True) as child:
            mlflow.log_metric("auc", 0.5)
        client.log_batch(
            run.info.run_id,
            metrics=[Metric("batch", float(i), 1000 + i, i) for i in range(1500 if major >= 2 else 1000)][:1000],
            params=[Param(f"p{i}", str(i)) for i in range(50)],
            tags=[RunTag(f"t{i}", str(i)) for i in range(50)],
        )
    back = client.get_run(run.info.run_id)
    assert back.info.status == "FINISHED" and back.info.end_time >= back.info.start_time
    assert back.data.params["depth"] == "3" and back.data.params["empty"] == ""
    assert np.isnan(back.data.metrics["nan"]) and back.data.metrics["inf"] > 1e308
    history = [(m.step, m.value) for m in client.get_metric_history(run.info.run_id, "loss")]
    assert len(client.get_metric_history(run.info.run_id, "batch")) == 1000
    changed = refusal(lambda: client.log_param(run.info.run_id, "depth", 4))
    client.log_param(run.info.run_id, "depth", 3)
    unknown = refusal(lambda: client.get_run("0" * 32))
    client.delete_run(child.info.run_id)
    frozen = refusal(lambda: client.log_metric(child.info.run_id, "auc", 1.0))
    client.restore_run(child.info.run_id)
    client.log_metric(child.info.run_id, "auc", 0.6, step=1)
    with mlflow.start_run(run_id=run.info.run_id):
        mlflow.log_metric("resumed", 1)
    try:
        with mlflow.start_run(run_name="failing") as failing:
            raise ValueError("as it should")
    except ValueError:
        pass
    return {
        "run": run.info.run_id,
        "child": child.info.run_id,
        "parentOfChild": client.get_run(child.info.run_id).data.tags["mlflow.parentRunId"],
        "loss": history,
        "changed": changed,
        "unknown": unknown,
        "frozen": frozen,
        "failing": client.get_run(failing.info.run_id).info.status,
        "tags": {k: v for k, v in back.data.tags.items() if k in ("mood", "gone", "stage", "mlflow.note.content", "mlflow.runName")},
        "user": back.info.user_id,
    }


@check
def artifacts():
    with mlflow.start_run(run_name="artifacts") as run, tempfile.TemporaryDirectory() as folder:
        mlflow.log_text("hello", "notes/hello.txt")
        mlflow.log_dict({"a": [1, 2]}, "data.json")
        mlflow.log_dict({"b": 1}, "data.yaml")
        figure, axes = plt.subplots()
        axes.plot([1, 2, 3])
        mlflow.log_figure(figure, "plots/line.png")
        mlflow.log_table({"q": ["a", "b"], "n": [1, 2]}, "table.json")
        mlflow.log_table({"q": ["c"], "n": [3]}, "table.json")
        os.makedirs(os.path.join(folder, "deep", "er"))
        names = ["plain.txt", "a b & c%d.txt", "gr\u00fc\u00dfe.txt", "deep/er/x.bin"]
        for name in names:
            with open(os.path.join(folder, name), "wb") as file:
                file.write(name.encode() * 1000)
        mlflow.log_artifacts(folder, "tree")
        mlflow.log_artifact(os.path.join(folder, "plain.txt"))
        run_id = run.info.run_id
        listed = sorted((f.path, f.is_dir, f.file_size) for f in client.list_artifacts(run_id))
        tree = sorted(f.path for f in client.list_artifacts(run_id, "tree"))
        local = client.download_artifacts(run_id, "tree", tempfile.mkdtemp())
        for name in names:
            with open(os.path.join(local, name), "rb") as file:
                assert file.read() == name.encode() * 1000, name
        assert mlflow.artifacts.load_text(f"runs:/{run_id}/notes/hello.txt") == "hello"
        assert mlflow.artifacts.load_dict(f"runs:/{run_id}/data.json") == {"a": [1, 2]}
        table = mlflow.load_table("table.json", run_ids=[run_id])
    return {"run": run_id, "listed": listed, "tree": tree, "rows": len(table), "root": run.info.artifact_uri}


@check
def inputs():
    with mlflow.start_run(run_name="inputs") as run:
        data = mlflow.data.from_pandas(pd.DataFrame({"x": [1, 2, 3]}), source="file.csv", name="train")
        mlflow.log_input(data, context="training")
        mlflow.log_input(data, context="training")
    back = client.get_run(run.info.run_id).inputs.dataset_inputs
    found = mlflow.search_runs(filter_string="dataset.name = 'train' AND dataset.context = 'training'", output_format="list")
    return {
        "run": run.info.run_id,
        "names": [(i.dataset.name, [t.value for t in i.tags]) for i in back],
        "found": [r.info.run_id for r in found],
    }


@check
def search():
    ids = []
    mlflow.set_experiment("acceptance-search")
    for i in range(12):
        with mlflow.start_run(run_name=f"run-{i:02}") as run:
            mlflow.log_metric("score", i / 10)
            mlflow.log_param("kind", "even" if i % 2 == 0 else "odd")
            mlflow.set_tag("third", str(i % 3))
            ids.append(run.info.run_id)
    names = lambda text, **more: [r.info.run_name for r in mlflow.search_runs(filter_string=text, output_format="list", **more)]
    pages, token = [], None
    experiment = mlflow.get_experiment_by_name("acceptance-search").experiment_id
    while True:
        page = client.search_runs([experiment], max_results=5, order_by=["metrics.score ASC"], page_token=token)
        pages.append([r.info.run_name for r in page])
        token = page.token
        if not token:
            break
    frame = mlflow.search_runs(filter_string="metrics.score >= 1.0", order_by=["metrics.score DESC"])
    return {
        "above": names("metrics.score > 0.75 and params.kind = 'even'"),
        "worst": names("", order_by=["metrics.score ASC"], max_results=3),
        "like": names("attributes.run_name LIKE 'run-1%'", order_by=["attributes.run_name DESC"]),
        "tag": names("tags.third != '0' AND metrics.score < 0.3", order_by=["start_time ASC"]),
        "in": names(f"run_id IN ('{ids[0]}', '{ids[1]}')", order_by=["run_name"]),
        "quoted": names('tags."mlflow.runName" = \'run-03\''),
        "frame": frame[["metrics.score", "params.kind"]].values.tolist(),
        "pages": [p for p in pages if p],
        "wrong": refusal(lambda: client.search_runs([experiment], "metrics.score LIKE 'x'")),
        "empty": names("metrics.nothing != 1"),
    }


@check
def models():
    mlflow.set_experiment("acceptance-models")
    model = LogisticRegression(C=1e6).fit(X, y)
    with mlflow.start_run() as run:
        mlflow.log_metric("accuracy", 1.0)
        how = {"name": "model"} if major >= 3 else {"artifact_path": "model"}
        info = mlflow.sklearn.log_model(model, input_example=X[:2], registered_model_name="iris", pip_requirements=["scikit-learn"], **how)
    loaded = mlflow.sklearn.load_model(info.model_uri)
    assert loaded.predict(X).tolist() == y.tolist()
    assert mlflow.pyfunc.load_model(f"runs:/{run.info.run_id}/model").predict(X).tolist() == y.tolist()
    second = mlflow.register_model(f"runs:/{run.info.run_id}/model", "iris", tags={"from": "runs"})
    client.set_registered_model_alias("iris", "champion", "2")
    client.transition_model_version_stage("iris", "1", "Production")
    client.transition_model_version_stage("iris", "2", "Production", archive_existing_versions=True)
    stages = {v.version: v.current_stage for v in client.search_model_versions("name = 'iris'")}
    for name in ("models:/iris/1", "models:/iris@champion", "models:/iris/Production", "models:/iris/latest"):
        assert mlflow.pyfunc.load_model(name).predict(X).tolist() == y.tolist(), name
    if major >= 3:
        assert mlflow.sklearn.load_model(f"models:/{info.model_id}").predict(X).tolist() == y.tolist()
        logged = mlflow.get_logged_model(info.model_id)
        assert str(logged.status) in ("READY", "LoggedModelStatus.READY")
        found = mlflow.search_logged_models(
            experiment_ids=[logged.experiment_id], filter_string="name = 'model'", output_format="list"
        )
        assert [m.model_id for m in found] == [info.model_id]
        mlflow.set_logged_model_tags(info.model_id, {"owner": "me"})
        mlflow.delete_logged_model_tag(info.model_id, "owner")
        assert [o.model_id for o in client.get_run(run.info.run_id).outputs.model_outputs] == [info.model_id]
    return {
        "run": run.info.run_id,
        "second": str(second.version),
        "stages": {str(k): v for k, v in stages.items()},
        "champion": str(client.get_model_version_by_alias("iris", "champion").version),
        "uri": client.get_model_version_download_uri("iris", "1"),
    }


@check
def registry():
    client.create_registered_model("fraud", tags={"team": "risk"}, description="finds fraud")
    duplicate = refusal(lambda: client.create_registered_model("fraud"))
    with mlflow.start_run() as run:
        mlflow.log_text("x", "model/MLmodel")
    for _ in range(3):
        client.create_model_version("fraud", f"{run.info.artifact_uri}/model", run.info.run_id, description="a version")
    client.set_model_version_tag("fraud", "2", "checked", "yes")
    client.set_registered_model_tag("fraud", "open", "no")
    client.delete_registered_model_tag("fraud", "open")
    client.update_model_version("fraud", "2", "better")
    client.update_registered_model("fraud", "finds it")
    client.set_registered_model_alias("fraud", "best", "2")
    client.set_registered_model_alias("fraud", "best", "3")
    client.delete_registered_model_alias("fraud", "none-such")
    client.delete_model_version("fraud", "1")
    gone = refusal(lambda: client.get_model_version("fraud", "1"))
    newest = client.create_model_version("fraud", f"{run.info.artifact_uri}/model", run.info.run_id)
    model = client.get_registered_model("fraud")
    found = [m.name for m in client.search_registered_models("tags.team = 'risk'")]
    versions = [str(v.version) for v in client.search_model_versions("name = 'fraud'", order_by=["version_number ASC"])]
    latest = [(v.current_stage, str(v.version)) for v in client.get_latest_versions("fraud")]
    alias = refusal(lambda: client.get_model_version_by_alias("fraud", "nobody"))
    client.rename_registered_model("fraud", "fraud-2")
    client.copy_model_version(f"models:/fraud-2/2", "fraud-copy")
    copied = client.get_model_version("fraud-copy", "1")
    client.delete_registered_model("fraud-copy")
    unknown = refusal(lambda: client.get_registered_model("fraud-copy"))
    return {
        "duplicate": duplicate,
        "gone": gone,
        "newest": str(newest.version),
        "description": model.description,
        "aliases": {k: str(v) for k, v in model.aliases.items()},
        "tags": model.tags,
        "found": found,
        "versions": versions,
        "latest": latest,
        "alias": alias,
        "copied": copied.run_id == run.info.run_id,
        "unknown": unknown,
    }


@check
def autolog():
    mlflow.set_experiment("acceptance-autolog")
    mlflow.sklearn.autolog(log_datasets=True)
    with mlflow.start_run() as run:
        LogisticRegression(C=2.0).fit(X, y)
    mlflow.sklearn.autolog(disable=True)
    back = client.get_run(run.info.run_id)
    return {
        "run": run.info.run_id,
        "C": back.data.params["C"],
        "score": back.data.metrics["training_accuracy_score"],
        "inputs": len(back.inputs.dataset_inputs),
    }


print(json.dumps(results, default=str))
