"""Writes shap-isolation-forest.json: a small isolation forest of scikit-learn and what PyPI's shap makes of some rows.

pip install shap==0.51.0 scikit-learn==1.9.1 numpy==2.4.6; python make_shap_golden.py > shap-isolation-forest.json
"""

import json

import numpy
import shap
import sklearn
from sklearn.ensemble import IsolationForest

random = numpy.random.RandomState(7)
# eighths are the same in single precision, to which scikit-learn rounds
rows = numpy.round(random.normal(size=(200, 5)) * [1, 2, 1, 4, 1] * 8) / 8
rows[:, 4] = rows[:, 0] + rows[:, 1] / 2
rows[0] = [6, 0, 0, 0, -3]
rows[1] = [0, 9, 4, -20, 0]
forest = IsolationForest(n_estimators=8, max_samples=64, random_state=3).fit(rows)
explainer = shap.TreeExplainer(forest, feature_perturbation="tree_path_dependent")
explained = rows[:6]

state = {"columns": 5, "sampleSize": 64, "roots": [], "features": [], "thresholds": [], "left": [], "samples": []}
for one in forest.estimators_:
    tree = one.tree_
    # breadth first, so that a right child stands behind its left one
    order, at = [0], 0
    base = len(state["features"])
    state["roots"].append(base)
    places = {0: 0}
    while at < len(order):
        node = order[at]
        if tree.children_left[node] != -1:
            for child in (tree.children_left[node], tree.children_right[node]):
                places[child] = len(order)
                order.append(child)
        at += 1
    for node in order:
        leaf = tree.children_left[node] == -1
        state["features"].append(-1 if leaf else int(tree.feature[node]))
        state["thresholds"].append(0 if leaf else float(tree.threshold[node]))
        state["left"].append(-1 if leaf else base + places[tree.children_left[node]])
        state["samples"].append(int(tree.n_node_samples[node]))

print(
    json.dumps(
        {
            "meta": {
                "shap": shap.__version__,
                "scikit-learn": sklearn.__version__,
                "numpy": numpy.__version__,
                "call": "TreeExplainer(forest, feature_perturbation='tree_path_dependent').shap_values(rows)",
                "explains": "the mean path length: low is abnormal",
            },
            "state": state,
            "rows": explained.tolist(),
            "scores": (-forest.score_samples(explained)).tolist(),
            "expectedValue": float(numpy.ravel(explainer.expected_value)[0]),
            "values": explainer.shap_values(explained).tolist(),
        }
    )
)
