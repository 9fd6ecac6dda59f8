"""Prints scores and what rliable makes of them: `README.md` beside it says where it runs."""

import json

import numpy as np
from rliable import library, metrics

rng = np.random.default_rng(12)
a = np.round(rng.lognormal(size=(10, 6)), 2)
b = np.round(rng.lognormal(0.2, 1, size=(8, 6)), 2)
a[:, 0], b[:, 0] = np.round(a[:, 0]), np.round(b[:, 0])  # ties
thresholds, target = [0.0, 0.25, 0.5, 1.0, 2.0, 4.0], 1.0
estimates = library.get_interval_estimates(
    {"a": a},
    lambda scores: np.array([metrics.aggregate_iqm(scores)]),
    reps=20_000,
    random_state=np.random.RandomState(3),
)
pooled = a.reshape(-1, 1), b.reshape(-1, 1)
reference = {
    "a": a.tolist(),
    "b": b.tolist(),
    "thresholds": thresholds,
    "target": target,
    "iqm": {"a": float(metrics.aggregate_iqm(a)), "b": float(metrics.aggregate_iqm(b))},
    "optimality_gap": {
        "a": float(metrics.aggregate_optimality_gap(a, target)),
        "b": float(metrics.aggregate_optimality_gap(b, target)),
    },
    "probability_of_improvement": float(metrics.probability_of_improvement(a, b)),
    "probability_of_improvement_pooled": float(metrics.probability_of_improvement(*pooled)),
    "performance_profile": [float(library.run_score_deviation(a, t)) for t in thresholds],
    "mean_score_profile": [float(library.mean_score_deviation(a, t)) for t in thresholds],
    "iqm_interval": np.ravel(estimates[1]["a"]).tolist(),
}
print(json.dumps(reference))
