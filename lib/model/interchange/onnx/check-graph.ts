import type { OnnxGraph, OnnxModel, OnnxNode, OnnxTensor } from './messages'
import { OnnxError } from './read'
import { ShapeError, SHAPE_RULES, type Shape } from './shapes'

/**
 * Checks that a graph can be computed as it is written: known operators alone, every value made before it is used and once, none
 * made in vain, and shapes that fit from the inputs to the outputs. @throws OnnxError naming the first fault
 */
export function checkOnnx({ graph }: OnnxModel): void {
  const shapes = new Map<string, Shape>()
  const make = (name: string, shape: Shape): void => {
    if (name === '' || shapes.has(name)) throw new OnnxError(`the value "${name}" is made twice or has no name`)
    shapes.set(name, shape)
  }
  const tensors = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]))
  for (const { name, shape } of graph.inputs) make(name, shape)
  for (const { name, dims } of graph.initializers) make(name, dims)
  for (const node of graph.nodes) outputShapes(node, shapes, tensors).forEach((shape, i) => make(node.outputs[i] as string, shape))
  checkOutputs(graph, shapes)
  checkUse(graph, shapes)
}

function outputShapes(node: OnnxNode, shapes: ReadonlyMap<string, Shape>, tensors: ReadonlyMap<string, OnnxTensor>): Shape[] {
  const rule = Object.hasOwn(SHAPE_RULES, node.op) ? SHAPE_RULES[node.op] : undefined
  if (!rule) throw new OnnxError(`node "${node.name}" is of kind "${node.op}", which we never write`)
  const inputs = node.inputs.map((name) => {
    const shape = shapes.get(name)
    if (!shape) throw new OnnxError(`node "${node.name}" uses "${name}" before it is made`)
    return shape
  })
  try {
    const made = rule({ node, inputs, tensor: (input) => tensors.get(node.inputs[input] ?? '') })
    if (made.length !== node.outputs.length) throw new ShapeError(`it gives ${made.length} values and names ${node.outputs.length}`)
    return made
  } catch (error) {
    if (error instanceof ShapeError) throw new OnnxError(`node "${node.name}" does not fit: ${error.message}`)
    throw error
  }
}

function checkOutputs(graph: OnnxGraph, shapes: ReadonlyMap<string, Shape>): void {
  if (graph.outputs.length === 0) throw new OnnxError('it has no outputs')
  for (const { name, shape } of graph.outputs) {
    const made = shapes.get(name)
    if (made?.join() !== shape.join()) throw new OnnxError(`output "${name}" should be [${shape.join(', ')}] and ${made ? `is [${made.join(', ')}]` : 'is not made'}`)
  }
}

function checkUse(graph: OnnxGraph, shapes: ReadonlyMap<string, Shape>): void {
  const used = new Set([...graph.nodes.flatMap((node) => node.inputs), ...graph.outputs.map((output) => output.name)])
  for (const name of shapes.keys()) if (!used.has(name)) throw new OnnxError(`the value "${name}" is never used`)
}
