/** A network in training on the active backend: its state stays there, and a step is a few dispatches for each piece of a batch. */
import {tensor1d} from "@tensorflow/tfjs-core";
import type {Tensor} from "@tensorflow/tfjs-core";
import {createPace} from "../compute/pace.js";
import type {Pace} from "../compute/pace.js";
import {runKernel} from "../compute/kernel.js";
import type {Kernel} from "../compute/kernel.js";
import {prepareKernel} from "../compute/prepare.js";
import {backendStatus} from "../compute/status.js";
import {corrections, stateSize} from "./update.js";
import type {UpdateParams} from "./update.js";
import {updateKernel} from "./update.kernel.js";
import {parts} from "./whole-gradient.js";

/** Some of a step's sequences, on the backend: inputs [steps][I][size], targets [steps that have one][size]. */
export interface Piece {
  readonly x: Tensor;
  readonly targets: Tensor;
  readonly size: number;
}

/** Ends the task where one has taken long: the CPU backend computes on the page's own thread. */
export type TaskBreak = () => Promise<void>;

/** What makes a layer a layer. */
export interface Stages {
  readonly parameters: number;
  /** Adds a piece's gradient, [parameters + 2][parts], to what stands before; consumes neither. */
  addGradient(piece: Piece, state: Tensor, before: Tensor, rest?: TaskBreak): Promise<Tensor>;
  /** Compiles what a piece of this size needs; `any` stands for every input. */
  prepare(size: number, any: Tensor): Promise<void>;
}

export interface StepNetwork {
  /** Compiles ahead, one kernel after the other, beside what the GPU does meanwhile: else the page's own pictures would wait. */
  prepare(size: number): Promise<void>;
  /** Puts step `step`, counted from 1, on the backend; the pieces stay the caller's. */
  move(pieces: readonly Piece[], step: number, rest?: TaskBreak): Promise<void>;
  /** The state after the last step put there. */
  read(): Promise<Float32Array>;
  close(): void;
}

export function openNetwork(
  {parameters, addGradient, prepare}: Stages,
  start: Float32Array,
  options: Pick<UpdateParams, "optimizer" | "rate" | "clip">
): StepNetwork {
  const nothing = tensor1d(new Float32Array((parameters + 2) * parts));
  let state: Tensor = tensor1d(start);
  let reading: Promise<Float32Array> | undefined;
  return {
    async prepare(size) {
      await prepare(size, nothing);
      await prepareKernel(updateKernel, [nothing, nothing], {...options, parameters, ...corrections(1)});
    },
    async move(pieces, step, rest) {
      let gradient: Tensor = nothing;
      for (const piece of pieces) {
        const summed = await addGradient(piece, state, gradient, rest);
        if (gradient !== nothing) gradient.dispose();
        gradient = summed;
      }
      const next = runKernel(updateKernel, [state, gradient], {...options, parameters, ...corrections(step)});
      gradient.dispose();
      const old = state;
      // A state that is still being read is let go afterwards.
      if (reading) void reading.then(() => old.dispose(), () => old.dispose());
      else old.dispose();
      [state, reading] = [next, undefined];
    },
    read() {
      reading ??= state.data() as Promise<Float32Array>;
      // Should it fail while nobody asks for it, whoever asks then is told.
      reading.catch(() => undefined);
      return reading;
    },
    close() {
      state.dispose();
      nothing.dispose();
    }
  };
}

/** Compiles kernels that share their params, one after the other. */
export async function prepareKernels<P extends object>(kernels: readonly Kernel<P>[], any: Tensor, params: P): Promise<void> {
  for (const kernel of kernels) await prepareKernel(kernel, kernel.definition.inputs.map(() => any), params);
}

/** A state before the first step. */
export function openingState(params: Float32Array): Float32Array {
  const state = new Float32Array(stateSize(params.length));
  state.set(params);
  return state;
}

/**
 * How many sequences a piece may have, from what the pieces before took. A piece is four to eight dispatches of one
 * network, so each of them stays far below 100 ms on a GPU, and on the CPU each task of the page below 50.
 */
export function piecePace(batch: number): Pace {
  const cpu = backendStatus().state === "cpu";
  const sizes = (cpu ? [4, 8, 16] : [16, 32, 64, 128, 256]).filter((size) => batch % size === 0);
  return createPace({target: cpu ? 50 : 100, sizes: sizes.length > 0 ? sizes : [batch]});
}

/** A GPU has invocations to spare; a software adapter pays for every barrier with a switch of coroutines. */
export function spreadUnits(): boolean {
  const status = backendStatus();
  return status.state === "webgpu" && !/swiftshader|llvmpipe|software/i.test(status.adapter);
}
