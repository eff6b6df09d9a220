import { PbfReader } from 'pbf'
import { AuditweaveError } from '@/lib/audit/errors'
import { readFloats, readInts, readLongs } from '../little-endian'
import { ATTRIBUTE_TYPES, ELEMENT_TYPES, type ElementType, type OnnxAttribute, type OnnxData, type OnnxModel, type OnnxNode, type OnnxTensor, type OnnxValue, type Side } from './messages'

/** What is wrong with an ONNX file, and what to do. */
export class OnnxError extends AuditweaveError {
  constructor(detail: string, options?: { cause?: unknown }) {
    super('bad-onnx', `The ONNX file is not usable: ${detail}. Write it again with \`auditweave model export --format onnx\`.`, options)
  }
}

const MAX_ITEMS = 100_000
const MAX_RANK = 8

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/**
 * Reads a file such as `writeOnnx` makes; fields that we never write are passed over, and whether the graph makes sense is for
 * `checkOnnx` to say. @throws OnnxError where the bytes are no such file
 */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  const pbf = new PbfReader(bytes)
  const model = { irVersion: 0, opset: 0, producer: { name: '', version: '' }, doc: '', metadata: [] as [string, string][], graph: emptyGraph(), graphs: 0 }
  try {
    pbf.readFields(readModelField, model)
  } catch (cause) {
    if (cause instanceof OnnxError) throw cause
    throw new OnnxError(`it does not follow the format (${(cause as Error).message})`, { cause })
  }
  if (pbf.pos !== bytes.length) throw new OnnxError('it is truncated')
  const { graphs, ...read } = model
  if (graphs !== 1 || read.irVersion === 0) throw new OnnxError('it holds no network')
  return read
}

interface ReadGraph { name: string; nodes: OnnxNode[]; initializers: OnnxTensor[]; inputs: OnnxValue[]; outputs: OnnxValue[] }
type ReadModel = Omit<Mutable<OnnxModel>, 'graph' | 'metadata' | 'producer'> & { producer: Mutable<OnnxModel['producer']>; metadata: [string, string][]; graph: ReadGraph; graphs: number }

const emptyGraph = (): ReadGraph => ({ name: '', nodes: [], initializers: [], inputs: [], outputs: [] })

function add<T>(list: T[], item: T): void {
  if (list.length >= MAX_ITEMS) throw new OnnxError(`it has more than ${MAX_ITEMS} parts of one kind`)
  list.push(item)
}

function readModelField(tag: number, model: ReadModel, pbf: PbfReader): void {
  if (tag === 1) model.irVersion = pbf.readVarint()
  else if (tag === 2) model.producer.name = pbf.readString()
  else if (tag === 3) model.producer.version = pbf.readString()
  else if (tag === 6) model.doc = pbf.readString()
  else if (tag === 7) {
    model.graphs++
    pbf.readMessage(readGraphField, model.graph)
  } else if (tag === 8) {
    const { domain, version } = pbf.readMessage(readOpsetField, { domain: '', version: 0 })
    if (domain === '') model.opset = version
  } else if (tag === 14) {
    const { key, value } = pbf.readMessage(readEntryField, { key: '', value: '' })
    add(model.metadata, [key, value])
  }
}

function readOpsetField(tag: number, opset: { domain: string; version: number }, pbf: PbfReader): void {
  if (tag === 1) opset.domain = pbf.readString()
  else if (tag === 2) opset.version = pbf.readVarint()
}

function readEntryField(tag: number, entry: { key: string; value: string }, pbf: PbfReader): void {
  if (tag === 1) entry.key = pbf.readString()
  else if (tag === 2) entry.value = pbf.readString()
}

function readGraphField(tag: number, graph: ReadGraph, pbf: PbfReader): void {
  if (tag === 1) add(graph.nodes, readNode(pbf))
  else if (tag === 2) graph.name = pbf.readString()
  else if (tag === 5) add(graph.initializers, readTensor(pbf))
  else if (tag === 11) add(graph.inputs, readValue(pbf))
  else if (tag === 12) add(graph.outputs, readValue(pbf))
}

function readNode(pbf: PbfReader): OnnxNode {
  const node = { op: '', name: '', inputs: [] as string[], outputs: [] as string[], attributes: new Map<string, OnnxAttribute>() }
  return pbf.readMessage((tag, into) => {
    if (tag === 1) add(into.inputs, pbf.readString())
    else if (tag === 2) add(into.outputs, pbf.readString())
    else if (tag === 3) into.name = pbf.readString()
    else if (tag === 4) into.op = pbf.readString()
    else if (tag === 5) readAttribute(into.attributes, pbf)
  }, node)
}

function readAttribute(attributes: Map<string, OnnxAttribute>, pbf: PbfReader): void {
  const read = pbf.readMessage((tag, into) => {
    if (tag === 1) into.name = pbf.readString()
    else if (tag === 2) into.float = pbf.readFloat()
    else if (tag === 3) into.int = pbf.readVarint(true)
    else if (tag === 4) into.string = pbf.readString()
    else if (tag === 8) pbf.readPackedVarint(into.ints, true)
    else if (tag === 20) into.type = pbf.readVarint()
  }, { name: '', float: 0, int: 0, string: '', ints: [] as number[], type: 0 })
  const kind = (Object.keys(ATTRIBUTE_TYPES) as (keyof typeof ATTRIBUTE_TYPES)[]).find((known) => ATTRIBUTE_TYPES[known] === read.type)
  if (kind === undefined) throw new OnnxError(`attribute "${read.name}" is of a kind that we never write`)
  attributes.set(read.name, { kind, value: read[kind] } as OnnxAttribute)
}

function typeOf(code: number): ElementType {
  const found = (Object.keys(ELEMENT_TYPES) as ElementType[]).find((type) => ELEMENT_TYPES[type] === code)
  if (found === undefined) throw new OnnxError(`it holds values of data type ${code}, which we never write`)
  return found
}

function readTensor(pbf: PbfReader): OnnxTensor {
  const read = pbf.readMessage((tag, into) => {
    if (tag === 1) pbf.readPackedVarint(into.dims)
    else if (tag === 2) into.type = pbf.readVarint()
    else if (tag === 8) into.name = pbf.readString()
    else if (tag === 9) into.raw = pbf.readBytes()
  }, { name: '', dims: [] as number[], type: 0, raw: new Uint8Array() as Uint8Array })
  const { name, dims, raw } = read
  const type = typeOf(read.type)
  const values = dims.length > MAX_RANK ? Number.NaN : dims.reduce((product, side) => product * side, 1)
  if (raw.length !== values * (type === 'int64' ? 8 : 4)) throw new OnnxError(`tensor "${name}" of shape [${dims.slice(0, MAX_RANK).join(', ')}] has ${raw.length} bytes`)
  return { name, dims, data: values === 0 ? new Float32Array() : decode(type, raw) }
}

function decode(type: ElementType, raw: Uint8Array): OnnxData {
  if (type === 'float') return readFloats(raw)
  return type === 'int32' ? readInts(raw) : readLongs(raw)
}

function readValue(pbf: PbfReader): OnnxValue {
  const read = pbf.readMessage((tag, into) => {
    if (tag === 1) into.name = pbf.readString()
    else if (tag === 2) pbf.readMessage((kind, within) => { if (kind === 1) pbf.readMessage(readTensorType, within) }, into)
    else if (tag === 3) into.doc = pbf.readString()
  }, { name: '', doc: '', type: 0, shape: [] as Side[] })
  return { ...read, type: typeOf(read.type) }
}

function readTensorType(tag: number, into: { type: number; shape: Side[] }, pbf: PbfReader): void {
  if (tag === 1) into.type = pbf.readVarint()
  else if (tag === 2) pbf.readMessage((inner, shape) => { if (inner === 1) add(shape, pbf.readMessage(readSide, { side: 0 as Side }).side) }, into.shape)
}

function readSide(tag: number, into: { side: Side }, pbf: PbfReader): void {
  if (tag === 1) into.side = pbf.readVarint()
  else if (tag === 2) into.side = pbf.readString()
}
