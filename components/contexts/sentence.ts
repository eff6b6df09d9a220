import { numberAt, wordAt, type ColumnTable } from '@/components/columns/column'
import { describeContext } from '@/lib/contexts/describe'
import { visibleText } from '@/lib/contexts/visible-text'

/** A context in one sentence, made of its columns for the rows in view alone; whatever hides or steers is written out. */
export function sentenceOf({ ids, columns }: ColumnTable, row: number): string {
  const word = (key: string): string | null => wordAt(columns.get(key), row)
  const [resource, subresource] = (word('resource') ?? '').split('/')
  const objectRef = resource ? { group: '', resource, subresource: subresource ?? null, namespace: word('namespace'), name: word('name') } : null
  const context = { id: ids[row] ?? '', trigger: { auditID: '', requestReceivedTimestamp: null, user: word('user'), verb: word('verb'), objectRef }, label: null, events: numberAt(columns.get('events'), row) ?? 1, first: null, last: null, members: [] }
  const followed = word('followed')
  const sentence = describeContext(context)
  return followed === null ? sentence : `${sentence.slice(0, -1)}: ${visibleText(followed)}.`
}
