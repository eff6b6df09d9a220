import { PbfWriter } from 'pbf'
import { littleEndian } from '../little-endian'
import { ATTRIBUTE_TYPES, ELEMENT_TYPES, elementType, type OnnxAttribute, type OnnxGraph, type OnnxModel, type OnnxNode, type OnnxTensor, type OnnxValue, type Side } from './messages'

/** The bytes of an ONNX file. */
export function writeOnnx(model: OnnxModel): Uint8Array {
  const pbf = new PbfWriter()
  writeModel(model, pbf)
  return pbf.finish()
}

function writeModel(model: OnnxModel, pbf: PbfWriter): void {
  pbf.writeVarintField(1, model.irVersion)
  pbf.writeStringField(2, model.producer.name)
  pbf.writeStringField(3, model.producer.version)
  pbf.writeStringField(6, model.doc)
  pbf.writeMessage(7, writeGraph, model.graph)
  // An empty domain is ONNX's own operators.
  pbf.writeMessage(8, (version: number) => pbf.writeVarintField(2, version), model.opset)
  for (const [key, value] of model.metadata) pbf.writeMessage(14, writeEntry, { key, value })
}

function writeEntry({ key, value }: { key: string; value: string }, pbf: PbfWriter): void {
  pbf.writeStringField(1, key)
  pbf.writeStringField(2, value)
}

function writeGraph(graph: OnnxGraph, pbf: PbfWriter): void {
  for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node)
  pbf.writeStringField(2, graph.name)
  for (const tensor of graph.initializers) pbf.writeMessage(5, writeTensor, tensor)
  for (const input of graph.inputs) pbf.writeMessage(11, writeValue, input)
  for (const output of graph.outputs) pbf.writeMessage(12, writeValue, output)
}

function writeNode(node: OnnxNode, pbf: PbfWriter): void {
  for (const input of node.inputs) pbf.writeStringField(1, input)
  for (const output of node.outputs) pbf.writeStringField(2, output)
  pbf.writeStringField(3, node.name)
  pbf.writeStringField(4, node.op)
  for (const [name, attribute] of node.attributes) pbf.writeMessage(5, writeAttribute, { name, attribute })
}

function writeAttribute({ name, attribute }: { name: string; attribute: OnnxAttribute }, pbf: PbfWriter): void {
  pbf.writeStringField(1, name)
  if (attribute.kind === 'float') pbf.writeFloatField(2, attribute.value)
  else if (attribute.kind === 'string') pbf.writeStringField(4, attribute.value)
  else if (attribute.kind === 'ints') for (const value of attribute.value) pbf.writeVarintField(8, value)
  else pbf.writeVarintField(3, attribute.value)
  pbf.writeVarintField(20, ATTRIBUTE_TYPES[attribute.kind])
}

function writeTensor(tensor: OnnxTensor, pbf: PbfWriter): void {
  for (const side of tensor.dims) pbf.writeVarintField(1, side)
  pbf.writeVarintField(2, ELEMENT_TYPES[elementType(tensor.data)])
  pbf.writeStringField(8, tensor.name)
  pbf.writeBytesField(9, littleEndian(tensor.data))
}

function writeValue(value: OnnxValue, pbf: PbfWriter): void {
  pbf.writeStringField(1, value.name)
  pbf.writeMessage(2, writeType, value)
  pbf.writeStringField(3, value.doc)
}

function writeType(value: OnnxValue, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeTensorType, value)
}

function writeTensorType({ type, shape }: OnnxValue, pbf: PbfWriter): void {
  pbf.writeVarintField(1, ELEMENT_TYPES[type])
  pbf.writeMessage(2, writeShape, shape)
}

function writeShape(shape: readonly Side[], pbf: PbfWriter): void {
  for (const side of shape) pbf.writeMessage(1, writeSide, side)
}

function writeSide(side: Side, pbf: PbfWriter): void {
  if (typeof side === 'number') pbf.writeVarintField(1, side)
  else pbf.writeStringField(2, side)
}
