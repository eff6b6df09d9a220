import { formatCount } from './number'
import { visibleParts } from './visible'

/** Text out of a log: never markup, direction kept apart from the page's, invisible characters shown by name. */
export function LogText({ text, limit = 300, className }: { text: string | null | undefined; limit?: number; className?: string }) {
  if (text === null || text === undefined || text === '') return <span className="text-dim">–</span>
  const { parts, cut } = visibleParts(text, limit)
  return (
    <bdi className={className}>
      {parts.map((part, index) =>
        part.kind === 'text' ? part.text : <span key={index} title={`invisible character ${part.name}`} className="mx-px rounded-sm border border-warn px-0.5 font-mono text-[10px] text-warn">{part.name}</span>,
      )}
      {cut ? <span className="text-dim">… {formatCount(cut)} more characters</span> : null}
    </bdi>
  )
}
