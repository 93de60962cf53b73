/**
 * TensorFlow Playground's own network code on one core of this machine: PLAYGROUND is the folder of a copy of its
 * repository (Apache-2.0; not part of this one). 2-8-8-1, ReLU, batches of 10 of 256 points.
 */
import {build} from "esbuild";
import {join} from "node:path";

interface Playground {
  readonly Activations: Readonly<Record<string, unknown>>;
  readonly Errors: Readonly<Record<string, unknown>>;
  buildNetwork(shape: number[], hidden: unknown, output: unknown, regularization: null, inputs: string[]): unknown;
  forwardProp(network: unknown, inputs: number[]): number;
  backProp(network: unknown, target: number, error: unknown): void;
  updateWeights(network: unknown, rate: number, regularization: number): void;
}

/** Samples trained a second, or undefined without a copy to measure. */
export async function playgroundSpeed(seconds = 3): Promise<number | undefined> {
  const folder = process.env.PLAYGROUND;
  if (!folder) return undefined;
  const {outputFiles} = await build({entryPoints: [join(folder, "src/nn.ts")], format: "esm", write: false, bundle: true});
  const code = `data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString("base64")}`;
  const nn = (await import(code)) as Playground;
  const network = nn.buildNetwork([2, 8, 8, 1], nn.Activations.RELU, nn.Activations.TANH, null, ["x", "y"]);
  const points = Array.from({length: 256}, () => {
    const inputs = [2 * Math.random() - 1, 2 * Math.random() - 1];
    return {inputs, target: inputs[0]! * inputs[1]! > 0 ? 1 : -1};
  });
  let samples = 0;
  const train = (until: number) => {
    for (samples = 0; performance.now() < until; )
      for (const {inputs, target} of points) {
        nn.forwardProp(network, inputs);
        nn.backProp(network, target, nn.Errors.SQUARE);
        if (++samples % 10 === 0) nn.updateWeights(network, 0.03, 0);
      }
  };
  train(performance.now() + 500);
  const start = performance.now();
  train(start + 1000 * seconds);
  return samples / ((performance.now() - start) / 1000);
}
