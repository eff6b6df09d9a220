import type { OnnxAttribute, OnnxData, OnnxNode, OnnxTensor } from './messages'

type Attributes = Readonly<Record<string, OnnxAttribute>>

export const int = (value: number): OnnxAttribute => ({ kind: 'int', value })
export const ints = (...value: number[]): OnnxAttribute => ({ kind: 'ints', value })
export const float = (value: number): OnnxAttribute => ({ kind: 'float', value })
export const text = (value: string): OnnxAttribute => ({ kind: 'string', value })

/** Collects a graph's nodes in the order in which they can be computed; every name is given once. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = []
  readonly initializers: OnnxTensor[] = []

  /** A tensor that is part of the file; returns its name. */
  tensor(name: string, dims: readonly number[], data: OnnxData): string {
    this.initializers.push({ name, dims, data })
    return name
  }

  /** One number, where an operator takes a tensor. */
  scalar(name: string, value: number): string {
    return this.tensor(name, [], Float32Array.of(value))
  }

  /** The shape argument of Reshape, 0 meaning "as it is". */
  shape(name: string, ...sides: number[]): string {
    return this.tensor(name, [sides.length], BigInt64Array.from(sides, BigInt))
  }

  /** A node with one output, of the node's name; returns it. */
  node(op: string, name: string, inputs: readonly string[], attributes: Attributes = {}): string {
    this.split(op, name, inputs, [name], attributes)
    return name
  }

  /** A node with several outputs. */
  split(op: string, name: string, inputs: readonly string[], outputs: readonly string[], attributes: Attributes = {}): void {
    this.nodes.push({ op, name, inputs, outputs, attributes: new Map(Object.entries(attributes)) })
  }
}
