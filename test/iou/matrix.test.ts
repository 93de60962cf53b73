import {expect, it} from "vitest";
import {boxIouMatrix, ciou, iou} from "../../src/iou/iou.js";

it("boxIouMatrix measures all pairs where there is no GPU, too", async () => {
  const a = Float32Array.of(0, 0, 2, 2, 1, 1, 4, 3);
  const b = Float32Array.of(1, 1, 3, 3, 0, 0, 2, 2, 5, 5, 6, 7);
  const pair = (values: Float32Array, i: number) => [...values.subarray(4 * i, 4 * i + 4)] as [number, number, number, number];
  for (const [kind, measure] of [["iou", iou], ["ciou", ciou]] as const) {
    const matrix = await boxIouMatrix(a, b, kind);
    expect(matrix).toHaveLength(6);
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 3; j++) expect(matrix[3 * i + j]).toBeCloseTo(measure(pair(a, i), pair(b, j)), 5);
  }
});

it("boxIouMatrix says what is wrong with boxes of other than four numbers", async () => {
  await expect(boxIouMatrix(new Float32Array(5), new Float32Array(4))).rejects.toThrow(/four numbers/);
});
