import { ANSWER_COLUMNS, type AnswerBlock, type AnswerCell, type AnswerColumn, type AskedOf } from '@/lib/contexts/query-answers'
import type { ContextRecord } from '@/lib/contexts/types'
import { toPath } from '@/lib/query'
import type { AskableColumns } from './read-found'

type Read = (row: number) => AnswerCell

/** A cell is for looking at: a name of a megabyte is cut. */
const LONGEST = 400

const PATHS: Readonly<Partial<Record<AnswerColumn, string>>> = {
  auditID: 'auditID', user: 'user.username', verb: 'verb', namespace: 'objectRef.namespace', name: 'objectRef.name', code: 'responseStatus.code', agent: 'userAgent', source: 'sourceIPs',
  role: 'role', confidence: 'confidence',
}

/** What is told of answers: a reader for each column, by place in the table asked. */
export function answerReaders({ log, columns, contexts }: AskableColumns, of: AskedOf): Readonly<Record<AnswerColumn, Read>> {
  const table = columns[of]
  const at = (path: string): Read => {
    const column = table.column(toPath(path))
    return (row) => cellOf(column.valueAt(row))
  }
  const contextOf = (row: number): ContextRecord | undefined => contexts[table.contextOf[row] ?? -1]
  const rowOf = (row: number): number => (of === 'contexts' ? (columns.layout.triggerRows[row] ?? -1) : row)
  const times = table.column(toPath('requestReceivedTimestamp'))
  const durations = columns.contexts.column(toPath('context.duration'))
  const plain = Object.fromEntries(Object.entries(PATHS).map(([name, path]) => [name, at(path)])) as Record<keyof typeof PATHS, Read>
  return {
    ...plain,
    context: (row) => contextOf(row)?.id ?? null,
    seq: (row) => log.seqs[rowOf(row)] ?? null,
    micros: (row) => finite(times.microsAt(row)),
    resource: kindReader(at('objectRef.resource'), at('objectRef.subresource'), at('objectRef.apiGroup')),
    events: (row) => contextOf(row)?.events ?? null,
    duration: (row) => finite(Number(durations.valueAt(table.contextOf[row] ?? -1) ?? Number.NaN)),
    label: (row) => labelText(contextOf(row)?.label ?? null),
  } as Readonly<Record<AnswerColumn, Read>>
}

/** The answers at some places of the table. */
export function answerBlock(readers: Readonly<Record<AnswerColumn, Read>>, places: readonly number[]): AnswerBlock {
  return Object.fromEntries(ANSWER_COLUMNS.map((name) => [name, places.map(readers[name])])) as unknown as AnswerBlock
}

function cellOf(value: unknown): AnswerCell {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return value.slice(0, LONGEST)
  return Array.isArray(value) && value.length > 0 ? value.filter((item) => typeof item === 'string').join(', ').slice(0, LONGEST) : null
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** As kubectl writes it: `pods/exec`, `deployments.apps`. */
function kindReader(resource: Read, subresource: Read, group: Read): Read {
  return (row) => {
    const [name, part, of] = [resource(row), subresource(row), group(row)]
    return name === null ? null : `${name}${of ? `.${of}` : ''}${part ? `/${part}` : ''}`
  }
}

function labelText(label: ContextRecord['label']): string | null {
  if (label === null) return null
  const { verb, resource, group, subresource, namespaced, single } = label
  const notes = [...(namespaced ? [] : ['cluster-wide']), ...(single ? [] : ['many'])]
  return `${verb} ${resource}${group ? `.${group}` : ''}${subresource ? `/${subresource}` : ''}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`.slice(0, LONGEST)
}
