/** What a kernel pair is made of: contract 2's types, which both backends' sides share. */
import type {Random} from "./random.js";

export type Shape = readonly number[];

/** Numbers with a shape, outside any backend. */
export interface HostTensor {
  readonly values: Float32Array;
  readonly shape: Shape;
}

export interface KernelDefinition<P extends object> {
  /** `room/kernel`. */
  readonly name: string;
  /** The inputs' names in the WGSL, where each is a read-only array<f32>. */
  readonly inputs: readonly string[];
  /** The params that the WGSL reads as `uniforms.<name>` at each call; all others only shape the code. */
  readonly uniforms?: {readonly [K in keyof P]?: P[K] extends number ? "f32" | "i32" : never};
  /** Names what `wgsl` makes of the params: calls of one key share a compiled pipeline. Default: one key. */
  key?(params: P): string;
  outputShape(params: P, inputShapes: readonly Shape[]): Shape;
  /** How many times `invoke` runs. Default: once for each number of the output. */
  invocations?(params: P, inputShapes: readonly Shape[]): number;
  /** Invocations in a workgroup. Default 64. */
  readonly workgroupSize?: number | ((params: P) => number);
  /**
   * The invocations of a workgroup work together: `invoke` may use `workgroupBarrier()`, `var<workgroup>`, `localIndex`
   * and `workgroupId`. All of a workgroup run, so `invocations` has to be a multiple of its size.
   */
  readonly together?: boolean;
  /** WGSL with `fn invoke(index: i32)`, which writes its part of `result: array<f32>`. */
  wgsl(params: P): string;
  /** The same in TypeScript: fills `output`, which holds zeros. */
  cpu(inputs: readonly Float32Array[], params: P, output: Float32Array): void;
  /** Random valid inputs, for the test that compares the two. */
  example(random: Random): {readonly inputs: readonly HostTensor[]; readonly params: P};
  /** How far the two may be apart, relative to the larger of 1 and the value. Default 1e-4. */
  readonly tolerance?: number;
}
