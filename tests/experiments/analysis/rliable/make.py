"""Inputs and rliable's outputs, as data for the test (see README.md beside it)."""

import json, sys
import numpy as np
from rliable import library, metrics

rng = np.random.default_rng(12)
a = np.round(rng.lognormal(size=(10, 6)), 2)
b = np.round(rng.lognormal(0.2, 1, size=(8, 6)), 2)
a[:, 0] = np.round(a[:, 0])
b[:, 0] = np.round(b[:, 0])  # ties
taus = [0.0, 0.25, 0.5, 1.0, 2.0, 4.0]
out = {
    "a": a.tolist(),
    "b": b.tolist(),
    "thresholds": taus,
    "target": 1.0,
    "iqm": {n: float(metrics.aggregate_iqm(x)) for n, x in (("a", a), ("b", b))},
    "optimality_gap": {
        n: float(metrics.aggregate_optimality_gap(x, 1.0)) for n, x in (("a", a), ("b", b))
    },
    "probability_of_improvement": float(metrics.probability_of_improvement(a, b)),
    "probability_of_improvement_pooled": float(
        metrics.probability_of_improvement(a.reshape(-1, 1), b.reshape(-1, 1))
    ),
    "performance_profile": [float(library.run_score_deviation(a, t)) for t in taus],
    "mean_score_profile": [float(library.mean_score_deviation(a, t)) for t in taus],
}
estimates = library.get_interval_estimates(
    {"a": a},
    lambda x: np.array([metrics.aggregate_iqm(x)]),
    reps=20000,
    random_state=np.random.RandomState(3),
)
out["iqm_interval"] = np.ravel(estimates[1]["a"]).tolist()
json.dump(out, sys.stdout)
print()
