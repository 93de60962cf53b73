"""Times native XGBoost: python3 boosting.py ROWS COLUMNS ROUNDS THREADS RUNS; prints JSON. Needs numpy, xgboost."""
import json, sys, time
import numpy as np, xgboost as xgb
rows, columns, rounds, threads, runs = map(int, sys.argv[1:])
rng = np.random.default_rng(1)
X = rng.normal(0, 1, (rows, columns)).astype(np.float32)
y = (np.sin(2 * X[:, 0]) + X[:, 1] * X[:, 2] + .5 * rng.normal(0, 1, rows) > 0).astype(np.float32)
params = dict(objective="binary:logistic", tree_method="hist", max_depth=6, nthread=threads)
def run():
    start = time.perf_counter()
    xgb.train(params, xgb.DMatrix(X, y), rounds)
    return time.perf_counter() - start
print(json.dumps(dict(seconds=min(run() for _ in range(runs)), version=xgb.__version__)))
