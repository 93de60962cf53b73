/**
 * The losses and measures of the IoU family in WGSL: what loss.ts, measure.ts, overlap.ts, sloped.ts and penalties/ say
 * in TypeScript, function for function. `target` is a reserved word of WGSL; here it is the goal.
 */
import type {LossKind} from "./loss.js";

/** What the WGSL reads as `uniforms.…`. */
export const lossUniforms = {eps: "f32", imageWidth: "f32", imageHeight: "f32", alpha: "f32"} as const;

const sloped = `
  struct Sloped { value : f32, slope : vec4<f32> };
  fn ratio(top : Sloped, bottom : Sloped, eps : f32) -> Sloped {
    let divisor = bottom.value + eps;
    // WGSL leaves 0/0 to the implementation; TensorFlow.js hands in a NaN for such cases.
    let value = select(top.value / divisor, uniforms.NAN, divisor == 0.0);
    return Sloped(value, (top.slope - value * bottom.slope) / divisor);
  }
  fn through(a : Sloped, value : f32, derivative : f32) -> Sloped { return Sloped(value, derivative * a.slope); }
  fn squared(a : Sloped) -> Sloped { return through(a, a.value * a.value, 2.0 * a.value); }
  fn absolute(a : Sloped) -> Sloped { return through(a, abs(a.value), sign(a.value)); }
  fn sum(a : Sloped, b : Sloped) -> Sloped { return Sloped(a.value + b.value, a.slope + b.slope); }
  fn difference(a : Sloped, b : Sloped) -> Sloped { return Sloped(a.value - b.value, a.slope - b.slope); }
  fn product(a : Sloped, b : Sloped) -> Sloped {
    return Sloped(a.value * b.value, a.slope * b.value + a.value * b.slope);
  }`;

const overlap = `
  struct Overlap {
    intersection : Sloped, united : Sloped, width : Sloped, height : Sloped, dx : Sloped, dy : Sloped,
    enclosingWidth : Sloped, enclosingHeight : Sloped
  };
  fn wins(a : f32, b : f32) -> f32 { return select(select(0.5, 0.0, a < b), 1.0, a > b); }
  fn overlapOf(p : vec4<f32>, g : vec4<f32>) -> Overlap {
    let width = min(p.z, g.z) - max(p.x, g.x);
    let height = min(p.w, g.w) - max(p.y, g.y);
    let meet = width > 0.0 && height > 0.0;
    let intersection = select(0.0, width * height, meet);
    let dI = select(
      vec4<f32>(0.0),
      vec4<f32>(-height * wins(p.x, g.x), -width * wins(p.y, g.y), height * wins(g.z, p.z), width * wins(g.w, p.w)),
      meet
    );
    let w = p.z - p.x;
    let h = p.w - p.y;
    let area = w * h + (g.z - g.x) * (g.w - g.y);
    return Overlap(
      Sloped(intersection, dI),
      Sloped(area - intersection, vec4<f32>(-h, -w, h, w) - dI),
      Sloped(w, vec4<f32>(-1.0, 0.0, 1.0, 0.0)),
      Sloped(h, vec4<f32>(0.0, -1.0, 0.0, 1.0)),
      Sloped((p.x + p.z - g.x - g.z) / 2.0, vec4<f32>(0.5, 0.0, 0.5, 0.0)),
      Sloped((p.y + p.w - g.y - g.w) / 2.0, vec4<f32>(0.0, 0.5, 0.0, 0.5)),
      Sloped(max(p.z, g.z) - min(p.x, g.x), vec4<f32>(-wins(g.x, p.x), 0.0, wins(p.z, g.z), 0.0)),
      Sloped(max(p.w, g.w) - min(p.y, g.y), vec4<f32>(0.0, -wins(g.y, p.y), 0.0, wins(p.w, g.w)))
    );
  }`;

const none = `
  fn penalty(p : vec4<f32>, g : vec4<f32>, o : Overlap, iou : Sloped, eps : f32) -> Sloped {
    return Sloped(0.0, vec4<f32>(0.0));
  }`;

const emptyShare = `
  fn penalty(p : vec4<f32>, g : vec4<f32>, o : Overlap, iou : Sloped, eps : f32) -> Sloped {
    let enclosing = product(o.enclosingWidth, o.enclosingHeight);
    return ratio(difference(enclosing, o.united), enclosing, eps);
  }`;

const centerDistanceOf = `
  fn centerDistance(o : Overlap, eps : f32) -> Sloped {
    let diagonal2 = sum(squared(o.enclosingWidth), squared(o.enclosingHeight));
    return ratio(sum(squared(o.dx), squared(o.dy)), diagonal2, eps);
  }`;

const centerDistance = `${centerDistanceOf}
  fn penalty(p : vec4<f32>, g : vec4<f32>, o : Overlap, iou : Sloped, eps : f32) -> Sloped {
    return centerDistance(o, eps);
  }`;

/**
 * The turn atan(W/H) − atan(w/h) is one angle, found from the tangent of its half by Abramowitz and Stegun's polynomial
 * 4.4.49 (error at most 2e-8): WGSL's atan may be off by 4096 units in the last place, the difference of two by more.
 */
const withAspect = `${centerDistanceOf}
  fn turnTo(g : vec2<f32>, p : vec2<f32>) -> f32 {
    let sine = g.x * p.y - g.y * p.x;
    let cosine = g.y * p.y + g.x * p.x;
    let bottom = cosine + sqrt(sine * sine + cosine * cosine);
    let t = select(sine / bottom, uniforms.NAN, bottom == 0.0);
    let s = t * t;
    return 2.0 * t * (1.0 + s * (-0.3333314528 + s * (0.1999355085 + s * (-0.1420889944 + s * (0.1065626393
      + s * (-0.0752896400 + s * (0.0429096138 + s * (-0.0161657367 + s * 0.0028662257))))))));
  }
  fn penalty(p : vec4<f32>, g : vec4<f32>, o : Overlap, iou : Sloped, eps : f32) -> Sloped {
    let w = o.width.value;
    let h = o.height.value;
    let turn = turnTo(g.zw - g.xy, vec2<f32>(w, h));
    let v = ${4 / Math.PI ** 2} * turn * turn;
    let alpha = v / max(1.0 - iou.value + v + eps, eps);
    let steepness = ${8 / Math.PI ** 2} * turn * alpha / (w * w + h * h);
    let slope = vec4<f32>(steepness * h, -steepness * w, -steepness * h, steepness * w);
    return sum(centerDistance(o, eps), Sloped(alpha * v, slope));
  }`;

const withSizes = `${centerDistanceOf}
  fn penalty(p : vec4<f32>, g : vec4<f32>, o : Overlap, iou : Sloped, eps : f32) -> Sloped {
    let dw = Sloped(o.width.value - (g.z - g.x), o.width.slope);
    let dh = Sloped(o.height.value - (g.w - g.y), o.height.slope);
    let widthTerm = ratio(squared(dw), squared(o.enclosingWidth), eps);
    let heightTerm = ratio(squared(dh), squared(o.enclosingHeight), eps);
    return sum(centerDistance(o, eps), sum(widthTerm, heightTerm));
  }`;

const siouCosts = `
  fn angleCost(dx : Sloped, dy : Sloped, eps : f32) -> Sloped {
    let cross = product(absolute(dx), absolute(dy));
    return ratio(through(cross, 2.0 * cross.value, 2.0), sum(squared(dx), squared(dy)), eps * eps);
  }
  fn saturating(a : Sloped) -> Sloped {
    let decay = exp(-a.value);
    return through(a, 1.0 - decay, decay);
  }
  fn sizeCost(size : Sloped, goal : f32, eps : f32) -> Sloped {
    let larger = through(size, max(size.value, goal), wins(size.value, goal));
    let part = saturating(ratio(absolute(Sloped(size.value - goal, size.slope)), larger, eps));
    let cube = part.value * part.value * part.value;
    return through(part, cube * part.value, 4.0 * cube);
  }
  fn penalty(p : vec4<f32>, g : vec4<f32>, o : Overlap, iou : Sloped, eps : f32) -> Sloped {
    let angle = angleCost(o.dx, o.dy, eps);
    let gamma = Sloped(2.0 - angle.value, -angle.slope);
    let distance = sum(
      saturating(product(gamma, ratio(squared(o.dx), squared(o.enclosingWidth), eps))),
      saturating(product(gamma, ratio(squared(o.dy), squared(o.enclosingHeight), eps)))
    );
    let shape = sum(sizeCost(o.width, g.z - g.x, eps), sizeCost(o.height, g.w - g.y, eps));
    let both = sum(distance, shape);
    return through(both, both.value / 2.0, 0.5);
  }`;

const power = `
  fn penalty(p : vec4<f32>, g : vec4<f32>, o : Overlap, iou : Sloped, eps : f32) -> Sloped {
    let alpha = uniforms.alpha;
    // WGSL's pow goes by the logarithm, which 0 has none.
    let base = max(iou.value, 1e-30);
    return through(iou, iou.value - pow(base, alpha), 1.0 - alpha * pow(base, alpha - 1.0));
  }`;

const cornerDistance = `
  fn penalty(p : vec4<f32>, g : vec4<f32>, o : Overlap, iou : Sloped, eps : f32) -> Sloped {
    let image2 = uniforms.imageWidth * uniforms.imageWidth + uniforms.imageHeight * uniforms.imageHeight;
    let d = p - g;
    return Sloped(dot(d, d) / image2, 2.0 * d / image2);
  }`;

const penalties: Readonly<Record<LossKind, string>> = {
  iou: none,
  giou: emptyShare,
  diou: centerDistance,
  ciou: withAspect,
  eiou: withSizes,
  siou: siouCosts,
  "alpha-iou": power,
  mpdiou: cornerDistance
};

const both = `
  /** 1 - IoU + penalty of prediction p against goal g (corners), with its slope along p. */
  fn loss(p : vec4<f32>, g : vec4<f32>) -> Sloped {
    let parts = overlapOf(p, g);
    let iou = ratio(parts.intersection, parts.united, uniforms.eps);
    let added = penalty(p, g, parts, iou, uniforms.eps);
    return Sloped(1.0 - iou.value + added.value, added.slope - iou.slope);
  }
  /** IoU - penalty, without eps in the IoU. */
  fn measure(p : vec4<f32>, g : vec4<f32>) -> f32 {
    let parts = overlapOf(p, g);
    let iou = ratio(parts.intersection, parts.united, 0.0);
    return iou.value - penalty(p, g, parts, iou, uniforms.eps).value;
  }`;

/** WGSL with `loss(p, g) -> Sloped` and `measure(p, g) -> f32` for one kind; needs the uniforms of lossUniforms. */
export function lossWgsl(kind: LossKind): string {
  return [sloped, overlap, penalties[kind], both].join("\n");
}
