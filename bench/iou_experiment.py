"""The DIoU paper's simulation vectorised in NumPy, all cases at once: what the WebGPU kernel is timed against.
Usage: python3 iou_experiment.py KIND POINTS SEED DTYPE. Prints JSON: seconds, mean error of a case at five steps.
Gradients are analytic, as in the authors' script; nothing is recomputed that a careful NumPy user would keep."""
import json, sys, time
import numpy as np

RATIOS = [(.5, 2.), (3 ** .5 / 3, 3 ** .5), (2 ** .5 / 2, 2 ** .5), (1., 1.)]
RATIOS += [(h, w) for w, h in RATIOS[2::-1]]
SCALES = [.5, .67, .75, 1, 1.33, 1.5, 2]

def cases(points, dtype):
    w, h = np.array(RATIOS).T
    s = np.sqrt(SCALES)
    shape = (len(points), 7, 7, 7)                                  # point, target, scale, ratio
    full = lambda a, axis: np.broadcast_to(np.reshape(a, [-1 if i == axis else 1 for i in range(4)]), shape)
    box = [full(points[:, 0], 0), full(points[:, 1], 0), full(w, 3) * full(s, 2), full(h, 3) * full(s, 2)]
    target = [np.full(shape, 10.), np.full(shape, 10.), full(w, 1), full(h, 1)]
    flat = lambda parts: np.stack([p.reshape(-1) for p in parts]).astype(dtype)
    return flat(box), flat(target)

def pull(kind, b, t):
    """-gradient along x, y, w, h, and IoU."""
    x1, y1, x2, y2 = b[0] - b[2] / 2, b[1] - b[3] / 2, b[0] + b[2] / 2, b[1] + b[3] / 2
    X1, Y1, X2, Y2 = t[0] - t[2] / 2, t[1] - t[3] / 2, t[0] + t[2] / 2, t[1] + t[3] / 2
    iw, ih = np.minimum(x2, X2) - np.maximum(x1, X1), np.minimum(y2, Y2) - np.maximum(y1, Y1)
    meet = (iw > 0) & (ih > 0)
    inter = np.where(meet, iw * ih, 0)
    union = b[2] * b[3] + t[2] * t[3] - inter
    iou = inter / union
    iw, ih = np.where(meet, iw, 0), np.where(meet, ih, 0)
    # slopes along x1, y1, x2, y2
    di = [-ih * (x1 > X1), -iw * (y1 > Y1), ih * (x2 < X2), iw * (y2 < Y2)]
    da = [-b[3], -b[2], b[3], b[2]]
    gain = [((1 + iou) * i - iou * a) / union for i, a in zip(di, da)]
    if kind != "iou":
        cw, ch = np.maximum(x2, X2) - np.minimum(x1, X1), np.maximum(y2, Y2) - np.minimum(y1, Y1)
        side = lambda beyond: beyond.astype(b.dtype)
        dcw, dch = [-side(x1 < X1), 0, side(x2 > X2), 0], [0, -side(y1 < Y1), 0, side(y2 > Y2)]
        if kind == "giou":
            c = cw * ch
            gain = [g + ((a - i) - union / c * (ch * p + cw * q)) / c for g, a, i, p, q in zip(gain, da, di, dcw, dch)]
        else:
            c2, dx, dy = cw * cw + ch * ch, b[0] - t[0], b[1] - t[1]
            rho2 = dx * dx + dy * dy
            dr = [dx, dy, dx, dy]
            gain = [g - (r - rho2 / c2 * 2 * (cw * p + ch * q)) / c2 for g, r, p, q in zip(gain, dr, dcw, dch)]
    g = [gain[0] + gain[2], gain[1] + gain[3], (gain[2] - gain[0]) / 2, (gain[3] - gain[1]) / 2]
    if kind == "ciou":
        turn = np.arctan(t[2] / t[3]) - np.arctan(b[2] / b[3])
        v = 4 / np.pi ** 2 * turn * turn
        f = v / (1 - iou + v + 1e-7) * 8 / np.pi ** 2 * turn
        g[2], g[3] = g[2] + f * b[3], g[3] - f * b[2]
    return np.stack(g), iou

if __name__ == "__main__":
    kind, count, seed, dtype = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), np.dtype(sys.argv[4])
    rng = np.random.default_rng(seed)
    r, a = 3 * np.sqrt(rng.random(count)), 2 * np.pi * rng.random(count)
    box, target = cases(np.stack([10 + r * np.cos(a), 10 + r * np.sin(a)], 1), dtype)
    error = lambda: float(np.abs(box - target).sum(dtype=np.float64) / box.shape[1])
    first, start = error(), time.perf_counter()
    curve = [first]
    for step in range(200):
        g, iou = pull(kind, box, target)
        box += (.1 if step < 160 else .01 if step < 180 else .001) * (2 - iou) * g
        curve.append(error())
    print(json.dumps(dict(kind=kind, cases=box.shape[1], seconds=time.perf_counter() - start, numpy=np.__version__,
                          curve=[curve[i] for i in (0, 50, 100, 160, 200)])))
