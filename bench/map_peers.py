"""Times a peer's COCO evaluation of files. Usage: map_peers.py pycocotools|faster_coco_eval GROUND_TRUTH DETECTIONS."""
import contextlib
import io
import json
import sys
import time

if sys.argv[1] == "pycocotools":
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval as Evaluator
else:
    from faster_coco_eval import COCO
    from faster_coco_eval import COCOeval_faster as Evaluator

with contextlib.redirect_stdout(io.StringIO()):
    truth = COCO(sys.argv[2])
    # What loadRes does to the detections (areas, ids, an index) is not timed, nor is reading the files.
    results = truth.loadRes(sys.argv[3])
    start = time.perf_counter()
    evaluator = Evaluator(truth, results, iouType="bbox")
    evaluator.evaluate()
    evaluator.accumulate()
    seconds = time.perf_counter() - start
    evaluator.summarize()
print(json.dumps(dict(seconds=seconds, stats=[float(v) for v in evaluator.stats[:12]])))
