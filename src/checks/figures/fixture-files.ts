/** The reference vectors as files of the site, fetched when a check is run. */
import {FileAttachment} from "observablehq:stdlib";

const files: Readonly<Record<string, {json(): Promise<unknown>}>> = {
  "iou/boxes": FileAttachment("../fixtures/iou/boxes.json"),
  "iou/more-losses": FileAttachment("../fixtures/iou/more-losses.json"),
  "relu/activations": FileAttachment("../fixtures/relu/activations.json"),
  "relu/more-activations": FileAttachment("../fixtures/relu/more-activations.json"),
  "networks/perceptron": FileAttachment("../fixtures/networks/perceptron.json"),
  "focal-loss/focal-loss": FileAttachment("../fixtures/focal-loss/focal-loss.json"),
  "focal-loss/label-losses": FileAttachment("../fixtures/focal-loss/label-losses.json"),
  "focal-loss/average-precision": FileAttachment("../fixtures/focal-loss/average-precision.json"),
  "boosting/gbdt": FileAttachment("../fixtures/boosting/gbdt.json"),
  "boosting/more-gbdt": FileAttachment("../fixtures/boosting/more-gbdt.json"),
  "boosting/xgboost": FileAttachment("../fixtures/boosting/xgboost.json"),
  "boosting/more-xgboost": FileAttachment("../fixtures/boosting/more-xgboost.json"),
  "lstm/recurrent": FileAttachment("../fixtures/lstm/recurrent.json"),
  "map/coco": FileAttachment("../fixtures/map/coco.json"),
  "map/more-coco": FileAttachment("../fixtures/map/more-coco.json")
};

/** @throws Error when one cannot be fetched */
export async function fetchFixtures(names: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const read = async (name: string) => [name, await files[name]!.json()] as const;
  return Object.fromEntries(await Promise.all(names.map(read)));
}
