"""Makes the ONNX models of this folder and what they answer in Python. Run once, with Python 3.11 and requirements.txt beside it:

    python -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python make.py

The models are kept, so that nothing else here needs PyTorch or scikit-learn.
"""

import json
import pathlib
import platform

import numpy as np
import onnx
import onnxruntime
import sklearn
import skl2onnx
import torch
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import LocalOutlierFactor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import RobustScaler, StandardScaler

HERE = pathlib.Path(__file__).parent
OPSETS = {"": 17, "ai.onnx.ml": 3}
VERSIONS = {
    "python": platform.python_version(),
    "numpy": np.__version__,
    "scikit-learn": sklearn.__version__,
    "skl2onnx": skl2onnx.__version__,
    "onnx": onnx.__version__,
    "onnxruntime": onnxruntime.__version__,
    "torch": torch.__version__,
}


def keep(name, model, features, rows, scores, **more):
    (HERE / f"{name}.onnx").write_bytes(model.SerializeToString())
    expected = {"versions": VERSIONS, "features": features, "rows": rows.tolist(), "scores": scores.tolist(), **more}
    (HERE / f"{name}.json").write_text(json.dumps(expected) + "\n")
    print(name, (HERE / f"{name}.onnx").stat().st_size, [o.name for o in model.graph.output])


def isolation_forest():
    rng = np.random.default_rng(1)
    train = rng.normal([20, 45, 1013, 0.5], [3, 10, 8, 0.2], size=(300, 4)).astype(np.float32)
    rows = np.vstack([train[:20], rng.normal([20, 45, 1013, 0.5], [9, 30, 24, 0.6], size=(20, 4))]).astype(np.float32)
    forest = IsolationForest(n_estimators=20, max_samples=64, random_state=1).fit(train)
    options = {id(forest): {"score_samples": True}}
    model = skl2onnx.to_onnx(forest, train[:1], target_opset=OPSETS, options=options)
    features = ["temperature", "humidity", "pressure", "wind"]
    keep("sklearn-isolation-forest", model, features, rows, forest.score_samples(rows))


def pipeline():
    rng = np.random.default_rng(2)
    import pandas as pd

    columns = ["temperature", "pressure", "speed"]
    train = pd.DataFrame(rng.normal([20, 1013, 5], [3, 8, 2], size=(150, 3)), columns=columns)
    rows = pd.DataFrame(rng.normal([20, 1013, 5], [6, 16, 4], size=(30, 3)), columns=columns)
    scale = ColumnTransformer([("normal", StandardScaler(), columns[:2]), ("skewed", RobustScaler(), columns[2:])])
    model = Pipeline([("scale", scale), ("pca", PCA(2)), ("lof", LocalOutlierFactor(n_neighbors=10, novelty=True))])
    model.fit(train)
    inputs = [(name, DoubleTensorType([None, 1])) for name in columns]
    options = {id(model.steps[-1][1]): {"score_samples": True}}
    exported = skl2onnx.to_onnx(model, initial_types=inputs, target_opset=OPSETS, options=options)
    keep("sklearn-pipeline", exported, columns, rows.to_numpy(), model.score_samples(rows))


class AutoEncoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = torch.nn.Sequential(
            torch.nn.Linear(6, 4), torch.nn.Tanh(), torch.nn.Linear(4, 2), torch.nn.Tanh(), torch.nn.Linear(2, 6)
        )

    def forward(self, rows):
        return self.layers(rows)


def auto_encoder():
    torch.manual_seed(3)
    factors = torch.randn(400, 2)
    train = factors @ torch.randn(2, 6) + 0.05 * torch.randn(400, 6)
    network = AutoEncoder()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(400):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(network(train), train).backward()
        optimizer.step()
    rows = torch.cat([train[:15], 2 * torch.randn(15, 6)])
    with torch.no_grad():
        errors = ((network(rows) - rows) ** 2).mean(dim=1)
    program = torch.onnx.export(
        network.eval(),
        (train[:2],),
        input_names=["rows"],
        output_names=["reconstruction"],
        dynamic_shapes=({0: torch.export.Dim("n")},),
        opset_version=18,
        dynamo=True,
        external_data=False,
    )
    features = [f"sensor_{i + 1}" for i in range(6)]
    keep("pytorch-auto-encoder", program.model_proto, features, rows.numpy(), errors.numpy())


isolation_forest()
pipeline()
auto_encoder()
