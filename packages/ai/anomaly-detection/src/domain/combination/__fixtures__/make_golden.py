"""Makes combination.json: what PyOD, combo and SciPy answer on scores that are given by a formula.

pyod 3.6.5, combo 0.1.3 (what pyod.models.combination calls), scikit-learn 1.9.1, scipy 1.17.1, numpy 2.4.6.
Run in an environment that has them: python make_golden.py > combination.json
"""
import json

import numpy as np
from combo.models.score_comb import aom, average, majority_vote, maximization, median, moa
from pyod.models.base import BaseDetector
from scipy.special import erf, gammaln
from scipy.stats import binom, gamma
from sklearn.utils import shuffle

i = np.arange(60)
train = np.column_stack([np.sin(i * (k + 1.3)) * (k + 1) + (i == 30) * 9 * (k + 1) for k in range(6)])
new = np.column_stack([np.cos(i[:20] * (k + 0.7)) * 2 * (k + 1) + i[:20] * 0.3 for k in range(6)])


class Scores(BaseDetector):
    """A detector whose scores are its input."""

    def __init__(self, contamination=0.1):
        super().__init__(contamination=contamination)

    def fit(self, X, y=None):
        self._set_n_classes(y)
        self.decision_scores_ = X[:, 0].copy()
        self._process_decision_scores()
        return self

    def decision_function(self, X):
        return X[:, 0]


def confidence(contamination):
    fitted = Scores(contamination=contamination).fit(train[:, :1])
    return fitted.predict_confidence(new[:, :1]).tolist()


fitted = Scores().fit(train[:, :1])
shifted = train[:, 0] - train[:, 0].min()
mean, variance = shifted.mean(), shifted.var()
cut = gamma(mean**2 / variance, scale=variance / mean).cdf(mean)
gamma_scaled = (gamma(mean**2 / variance, scale=variance / mean).cdf(new[:, 0] - train[:, 0].min()) - cut) / (1 - cut)
weights = np.array([[1.0, 2.0, 0.5, 1.0, 3.0, 1.0]])
votes = (new > np.percentile(train, 90, axis=0)).astype(int)
order = shuffle(list(range(6)), random_state=7)
print(json.dumps({
    'train': train.T.tolist(), 'new': new.T.tolist(), 'weights': weights[0].tolist(), 'order': order,
    'average': average(new).tolist(), 'weightedAverage': average(new, weights).tolist(),
    'maximization': maximization(new).tolist(), 'median': median(new).tolist(),
    'aom': aom(new, n_buckets=3, random_state=7).tolist(), 'moa': moa(new, n_buckets=3, random_state=7).tolist(),
    'vote': majority_vote(votes, weights=weights).tolist(),
    'linear': fitted.predict_proba(new[:, :1], method='linear')[:, 1].tolist(),
    'unify': fitted.predict_proba(new[:, :1], method='unify')[:, 1].tolist(),
    'gamma': np.maximum(0, gamma_scaled).tolist(),
    'confidence': {str(c): confidence(c) for c in (0.01, 0.05, 0.1, 0.3, 0.5)},
    'erf': [[x, erf(x)] for x in (1e-9, 0.1, 0.9, 1.2, 1.3, 2.5, 5.0)],
    'gammaSf': [[a, x, gamma.sf(x, a)] for a in (1e-4, 0.3, 1.0, 7.5, 400.0) for x in (1e-3, 0.4, 2.0, 8.0, 390.0)],
    'gammaLn': [[x, gammaln(x)] for x in (1e-5, 0.2, 0.5, 1.5, 3.0, 9.9, 10.0, 250.0, 1e6)],
    'binomial': [[n, m, p, binom.sf(m - 1, n, p)] for n, m in ((10, 9), (200, 190), (3000, 1500), (50000, 45000))
                 for p in (0.01, 0.5, 0.9, 0.95, 0.999)],
}))
