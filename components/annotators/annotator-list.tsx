import type { Annotator } from '@/lib/labelling/types'
import { Button } from '@/components/ui/button'

export interface ListedAnnotator extends Annotator {
  readonly hasToken: boolean
  readonly disabledAt: string | null
}

/** Everybody who ever labelled under a name; null while that is read. */
export function AnnotatorList({ annotators, onDisable }: { annotators: readonly ListedAnnotator[] | null; onDisable: (id: string) => void }) {
  if (annotators === null) return <p className="mt-4 text-dim">Reading who there is …</p>
  if (annotators.length === 0) return <p className="mt-4 text-dim">Nobody yet. Give somebody a token, or pick a name of your own in the menu.</p>
  return (
    <ul className="mt-4 divide-y divide-line border-y border-line">
      {annotators.map((annotator) => (
        <li key={annotator.id} className="flex items-center gap-3 py-1.5">
          <span className="min-w-0 flex-1 truncate font-medium">{annotator.name}</span>
          <span className="text-dim">{stateOf(annotator)}</span>
          {annotator.hasToken && annotator.disabledAt === null ? <Button size="sm" aria-label={`Disable ${annotator.name}`} onClick={() => onDisable(annotator.id)}>Disable</Button> : null}
        </li>
      ))}
    </ul>
  )
}

function stateOf({ role, hasToken, disabledAt }: ListedAnnotator): string {
  if (disabledAt !== null) return 'disabled; a new token lets them in again'
  return hasToken ? role : 'a name without a token'
}
