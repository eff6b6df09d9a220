import { ChartNoAxesColumn, Columns3, FlaskConical, GitCommitHorizontal, Search, Type, type LucideIcon } from 'lucide-react'
import type { CellKind } from '@/lib/notebook/cell'

export interface KindLook { readonly kind: CellKind; readonly label: string; readonly hint: string; readonly key: string; readonly icon: LucideIcon }

export const KIND_LOOKS: readonly KindLook[] = [
  { kind: 'markdown', label: 'Text', hint: 'Markdown, with mathematics between dollar signs', key: 'm', icon: Type },
  { kind: 'query', label: 'Query', hint: 'Contexts or events of a data set that match', key: 'q', icon: Search },
  { kind: 'chart', label: 'Chart', hint: 'Of a query’s answer, or of runs', key: 'c', icon: ChartNoAxesColumn },
  { kind: 'experiment', label: 'Experiment', hint: 'Launch one, or show a launch', key: 'e', icon: FlaskConical },
  { kind: 'comparison', label: 'Comparison', hint: 'Runs side by side', key: 'v', icon: Columns3 },
  { kind: 'context', label: 'Context', hint: 'A user’s action and all that followed', key: 'x', icon: GitCommitHorizontal },
]

export function kindLook(kind: CellKind): KindLook {
  return KIND_LOOKS.find((look) => look.kind === kind) ?? { kind, label: kind, hint: '', key: '', icon: Type }
}
