import type { LayerSpec } from '../types'
import type { TfTensor } from './backend'
import { applyLayer, type Output, type Pass } from './layers'

/** The layers one after the other, with what each gave. */
export interface Walk {
  readonly logits: TfTensor
  /** From the logits' gradient to those of all tensors, which go to the pass. */
  back(gradient: TfTensor): void
}

/** From features (or rows of the embedding's table) [steps, windows, features] to logits [steps, windows, outputs]. */
export function walk(pass: Pass, layers: readonly LayerSpec[], input: TfTensor): Walk {
  const { tf } = pass.backend
  const outputs: Output[] = []
  for (const [index, layer] of layers.entries()) {
    const x = outputs.at(-1)?.output ?? input
    outputs.push(layer.kind === 'add' ? { output: tf.add(x, outputs[layer.from]!.output), back: (dy) => () => dy } : applyLayer(pass, layer, index, x))
  }
  return { logits: outputs.at(-1)?.output ?? input, back: (gradient) => walkBack(pass, layers, outputs, gradient) }
}

function walkBack({ backend: { tf } }: Pass, layers: readonly LayerSpec[], outputs: readonly Output[], gradient: TfTensor): void {
  /** Of each layer's output: from the layer after it and from every `add` that took it. */
  const gradients: (TfTensor | null)[] = outputs.map(() => null)
  const collect = (index: number, value: TfTensor): void => {
    const before = gradients[index]
    gradients[index] = before ? tf.add(before, value) : value
  }
  collect(outputs.length - 1, gradient)
  for (let index = outputs.length - 1; index >= 0; index--) {
    const own = gradients[index]!
    const ofInput = outputs[index]!.back(own)
    const layer = layers[index]!
    if (layer.kind === 'add') collect(layer.from, own)
    if (index > 0) collect(index - 1, ofInput())
  }
}
