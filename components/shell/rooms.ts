import { BookOpenCheck, Boxes, Database, FlaskConical, GitCompareArrows, House, ListTree, NotebookText, Radio, Rows3, SearchCode, Tags, Workflow, type LucideIcon } from 'lucide-react'

export interface Room {
  readonly href: string
  readonly label: string
  readonly key: string
  readonly icon: LucideIcon
  /** Rooms of one group stand together in the rail. */
  readonly group: 'logs' | 'science' | 'try'
}

export const ROOMS: readonly Room[] = [
  { href: '/', label: 'Home', key: 'g h', icon: House, group: 'logs' },
  { href: '/datasets', label: 'Datasets', key: 'g d', icon: Database, group: 'logs' },
  { href: '/label', label: 'Label', key: 'g l', icon: Tags, group: 'logs' },
  { href: '/contexts', label: 'Contexts', key: 'g c', icon: Workflow, group: 'logs' },
  { href: '/query', label: 'Query', key: 'g q', icon: SearchCode, group: 'logs' },
  { href: '/live', label: 'Live', key: 'g v', icon: Radio, group: 'logs' },
  { href: '/experiments', label: 'Experiments', key: 'g e', icon: FlaskConical, group: 'science' },
  { href: '/runs', label: 'Runs', key: 'g r', icon: Rows3, group: 'science' },
  { href: '/compare', label: 'Compare', key: 'g o', icon: GitCompareArrows, group: 'science' },
  { href: '/models', label: 'Models', key: 'g m', icon: Boxes, group: 'science' },
  { href: '/notebooks', label: 'Notebooks', key: 'g n', icon: NotebookText, group: 'science' },
  { href: '/use-cases', label: 'Use cases', key: 'g u', icon: BookOpenCheck, group: 'try' },
  { href: '/playground', label: 'Playground', key: 'g p', icon: ListTree, group: 'try' },
]

/** The room an address lies in. */
export function roomOf(path: string): Room | undefined {
  return ROOMS.find((room) => (room.href === '/' ? path === '/' : path === room.href || path.startsWith(`${room.href}/`)))
}
