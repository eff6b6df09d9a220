/**
 * The part of ONNX's schema (https://github.com/onnx/onnx, onnx/onnx.proto) that a network needs, as plain data. `write.ts`
 * and `read.ts` hold the field numbers.
 */
export type OnnxData = Float32Array | Int32Array | BigInt64Array

/** TensorProto.DataType. */
export const ELEMENT_TYPES = { float: 1, int32: 6, int64: 7 } as const
export type ElementType = keyof typeof ELEMENT_TYPES

export interface OnnxTensor { readonly name: string; readonly dims: readonly number[]; readonly data: OnnxData }

/** AttributeProto.AttributeType. */
export const ATTRIBUTE_TYPES = { float: 1, int: 2, string: 3, ints: 7 } as const

export type OnnxAttribute =
  | { readonly kind: 'int' | 'float'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'string'; readonly value: string }

export interface OnnxNode {
  readonly op: string
  readonly name: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: ReadonlyMap<string, OnnxAttribute>
}

/** A side of a shape: a number, or the name of a size that the caller chooses. */
export type Side = number | string

export interface OnnxValue { readonly name: string; readonly type: ElementType; readonly shape: readonly Side[]; readonly doc: string }

export interface OnnxGraph {
  readonly name: string
  readonly nodes: readonly OnnxNode[]
  readonly initializers: readonly OnnxTensor[]
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
}

export interface OnnxModel {
  readonly irVersion: number
  readonly opset: number
  readonly producer: { readonly name: string; readonly version: string }
  readonly doc: string
  readonly metadata: readonly (readonly [key: string, value: string])[]
  readonly graph: OnnxGraph
}

/** The element type of a tensor's data. */
export function elementType(data: OnnxData): ElementType {
  if (data instanceof Float32Array) return 'float'
  return data instanceof Int32Array ? 'int32' : 'int64'
}
