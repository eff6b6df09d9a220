import type { OnnxNode, OnnxTensor, Side } from './messages'

/** Why shapes do not fit, told with the node's name by the caller. */
export class ShapeError extends Error {}

export type Shape = readonly Side[]

/** What a node's output shapes are found from: its inputs' shapes, and the tensors of the file among them. */
export interface ShapeQuestion { readonly node: OnnxNode; readonly inputs: readonly Shape[]; tensor(input: number): OnnxTensor | undefined }

type Rule = (question: ShapeQuestion) => Shape[]

const fail = (message: string): never => { throw new ShapeError(message) }
const show = (shape: Shape): string => `[${shape.join(', ')}]`

function broadcast(a: Shape, b: Shape): Shape {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a]
  const lead = long.length - short.length
  return long.map((side, i) => {
    const other = i < lead ? 1 : (short[i - lead] as Side)
    if (side === other || other === 1) return side
    return side === 1 ? other : fail(`${show(a)} and ${show(b)} do not go together`)
  })
}

function ints({ node }: ShapeQuestion, name: string): readonly number[] {
  const attribute = node.attributes.get(name)
  return attribute?.kind === 'ints' ? attribute.value : fail(`it has no list "${name}"`)
}

function numbers(question: ShapeQuestion, input: number): number[] {
  const tensor = question.tensor(input)
  return tensor ? Array.from(tensor.data, Number) : fail(`its input ${input} is no tensor of the file`)
}

const first = ({ inputs }: ShapeQuestion): Shape => inputs[0] ?? fail('it has no input')
const second = ({ inputs }: ShapeQuestion): Shape => inputs[1] ?? fail('it has one input only')
const same: Rule = (question) => [first(question)]
const elementwise: Rule = (question) => [broadcast(first(question), second(question))]

function transpose(question: ShapeQuestion): Shape[] {
  const shape = first(question)
  const order = ints(question, 'perm')
  if ([...order].sort((a, b) => a - b).some((place, i) => place !== i) || order.length !== shape.length) fail(`${show(order)} is no order of ${shape.length} sides`)
  return [order.map((place) => shape[place] as Side)]
}

function reshape(question: ShapeQuestion): Shape[] {
  const from = first(question)
  const to = numbers(question, 1).map((side, i): Side => (side === 0 ? (from[i] ?? fail('it keeps a side that is not there')) : side))
  const product = (shape: Shape): string => `${shape.reduce<number>((all, side) => all * (typeof side === 'number' ? side : 1), 1)} ${shape.filter((side) => typeof side === 'string').sort().join(' ')}`
  if (product(from) !== product(to)) fail(`${show(from)} cannot become ${show(to)}`)
  return [to]
}

function matMul(question: ShapeQuestion): Shape[] {
  const [a, b] = [first(question), second(question)]
  if (b.length !== 2 || a.at(-1) !== b[0]) fail(`${show(a)} cannot be multiplied by ${show(b)}`)
  return [[...a.slice(0, -1), b[1] as Side]]
}

function lstm(question: ShapeQuestion): Shape[] {
  const { node, inputs } = question
  const units = node.attributes.get('hidden_size')?.value
  if (typeof units !== 'number') return fail('it has no hidden_size')
  const [steps = 0, batch = 0, width = 0] = first(question)
  const wanted = [[steps, batch, width], [2, 4 * units, width], [2, 4 * units, units], [2, 8 * units]]
  wanted.forEach((shape, i) => { if (show(shape) !== show(inputs[i] ?? [])) fail(`its input ${i} is ${show(inputs[i] ?? [])} instead of ${show(shape)}`) })
  return [[steps, 2, batch, units]]
}

function layerNorm(question: ShapeQuestion): Shape[] {
  const shape = first(question)
  for (const part of question.inputs.slice(1)) if (part.length !== 1 || part[0] !== shape.at(-1)) fail(`${show(part)} does not fit ${show(shape)}`)
  return [shape]
}

function split(question: ShapeQuestion): Shape[] {
  const shape = first(question)
  const sizes = numbers(question, 1)
  if (sizes.reduce((sum, size) => sum + size, 0) !== shape.at(-1)) fail(`parts of ${sizes.join(', ')} do not make up ${show(shape)}`)
  return sizes.map((size) => [...shape.slice(0, -1), size])
}

const gather: Rule = (question) => [[...second(question), ...first(question).slice(1)]]

/** The operators that we write, and the shapes of what each gives. */
export const SHAPE_RULES: Readonly<Record<string, Rule>> = {
  Add: elementwise, Mul: elementwise, Relu: same, Tanh: same, Softmax: same,
  Transpose: transpose, Reshape: reshape, MatMul: matMul, LSTM: lstm, LayerNormalization: layerNorm, Split: split, Gather: gather,
}
