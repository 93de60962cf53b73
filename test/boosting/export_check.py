"""Loads the models that export.ts wrote into the real XGBoost, and says how far its predictions are from ours.
Usage: python3 export_check.py DIR > ../fixtures/boosting/export-check.txt. Needs numpy, xgboost."""
import glob, json, os, sys
import numpy as np, xgboost as xgb
print("xgboost", xgb.__version__)
for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.model.json"))):
    data = json.load(open(path.replace(".model.", ".data.")))
    X = np.array([np.nan if v is None else v for v in data["features"]], np.float32).reshape(data["rows"], data["columns"])
    booster = xgb.Booster(); booster.load_model(path); d = xgb.DMatrix(X, feature_names=data["names"])
    apart = [np.abs(np.ravel(booster.predict(d, output_margin=m)) - np.array(data[k], np.float32)).max() for k, m in (("margin", True), ("prediction", False))]
    assert max(apart) < 1e-6 * max(1, np.abs(data["margin"]).max()), (path, apart)
    print(f"{os.path.basename(path)}: {len(booster.get_dump())} trees, {data['rows']} rows, largest difference of margins {apart[0]:.2g}, of predictions {apart[1]:.2g}")
