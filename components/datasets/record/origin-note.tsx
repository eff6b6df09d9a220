import Link from 'next/link'
import { LogText } from '@/components/format/log-text'
import { formatCount } from '@/components/format/number'
import { Notice } from '@/components/ui/notice'
import type { OriginView } from './types'

/** What a data set was made of, and what the operation told. */
export function OriginNote({ origin }: { origin: OriginView }) {
  if (origin.operation === null) return null
  const told = Object.entries(origin.operation.report).map(([name, value]) => `${name} ${typeof value === 'number' ? formatCount(value) : value}`).join(', ')
  return (
    <Notice className="mb-4">
      <LogText text={origin.operation.text} limit={600} />{told ? ` (${told})` : ''}. Made of{' '}
      {origin.parents.map(({ id, name, version }, i) => <span key={i}>{i > 0 ? ', ' : ''}{id === null ? `${name} (deleted)` : <Link className="link" href={`/datasets/${id}`}>{name}</Link>} version {version}</span>)}.
    </Notice>
  )
}
