/**
 * GPU buffers that TensorFlow.js keeps for tensors of the same size to come. Trainings of ever new sizes would fill the
 * GPU's memory with them, so the training loop gives them back when a training ends: it learns of them here, without
 * loading TensorFlow.js.
 */
let free: (() => void) | undefined;

/** For the backend alone: how to destroy the buffers that no tensor lives in, while it runs on a GPU. */
export function keepsSpareBuffers(destroy: (() => void) | undefined): void {
  free = destroy;
}

/** Destroys the GPU buffers that no tensor lives in; nothing where no GPU runs. Tensors are untouched. */
export function freeSpareBuffers(): void {
  free?.();
}
