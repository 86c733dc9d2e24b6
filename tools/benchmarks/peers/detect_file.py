"""What `nomaly detect FILE --top 5` does, with pandas and scikit-learn; prints one JSON object with what it took."""

import json
import platform
import resource
import sys

import numpy
import pandas
import pyarrow
import sklearn
from sklearn.ensemble import IsolationForest

path, seed = sys.argv[1], int(sys.argv[2])
table = pandas.read_parquet(path) if path.endswith(".parquet") else pandas.read_csv(path)
matrix = table.to_numpy()
forest = IsolationForest(n_estimators=100, max_samples=256, n_jobs=-1, random_state=seed).fit(matrix)
scores = -forest.score_samples(matrix)
top = numpy.argsort(-scores, kind="stable")[:5]
print(table.iloc[top].assign(score=scores[top]), file=sys.stderr)
used = resource.getrusage(resource.RUSAGE_SELF)
report = {
    "rows": len(table),
    "cpuSeconds": used.ru_utime + used.ru_stime,
    "peakMb": used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10),
    "versions": {
        "Python": platform.python_version(),
        "pandas": pandas.__version__,
        "pyarrow": pyarrow.__version__,
        "scikit-learn": sklearn.__version__,
        "numpy": numpy.__version__,
    },
}
print(json.dumps(report))
