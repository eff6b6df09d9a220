import type { LabelStanding, Role } from '@/lib/labelling/types'
import { ROLES } from '@/lib/labelling/types'
import { readList, setParam } from '@/components/url/list-codec'
import type { LineFilter } from './state/filter'

export const STANDINGS: readonly LabelStanding[] = ['unlabelled', 'suggested', 'automatic', 'labelled', 'reviewed']

/** What opens over the page. */
export const PANELS = ['rules', 'learning'] as const
export type PanelName = (typeof PANELS)[number]

export type QueueMode = 'learn' | 'sample'

/** What the address of a labelling page says. */
export interface LabelAddress {
  readonly filter: LineFilter
  /** The auditID of the line looked at. */
  readonly at: string | null
  /** Its place in the stored log, as other pages name it; only ever read. */
  readonly line: number | null
  /** A blind second labelling. */
  readonly assignment: string | null
  /** Whether lines come in the order that the model learns most from, or those of the sample that it is measured with. */
  readonly queue: QueueMode | null
  readonly raw: boolean
  readonly panel: PanelName | null
}

/** `/label/DATASET?at=AUDITID&q=...&standing=suggested&role=trigger&flagged=1&assignment=...&queue=learn&raw=1&panel=rules` */
export function readAddress(params: URLSearchParams): LabelAddress {
  const [standings, roles] = [readList(params.get('standing')), readList(params.get('role'))]
  return {
    filter: {
      q: params.get('q')?.slice(0, 200) ?? '',
      standings: STANDINGS.filter((one) => standings.includes(one)),
      roles: ROLES.filter((one: Role) => roles.includes(one)),
      flagged: params.get('flagged') === '1',
      around: params.get('around') === '1',
    },
    at: params.get('at')?.slice(0, 600) || null,
    line: /^\d{1,9}$/.test(params.get('line') ?? '') ? Number(params.get('line')) : null,
    assignment: params.get('assignment')?.slice(0, 100) || null,
    queue: (['learn', 'sample'] as const).find((mode) => mode === params.get('queue')) ?? null,
    raw: params.get('raw') === '1',
    panel: PANELS.find((name) => name === params.get('panel')) ?? null,
  }
}

export function writeAddress({ filter, at, assignment, queue, raw, panel }: LabelAddress): string {
  const params = new URLSearchParams()
  setParam(params, 'assignment', assignment ?? '')
  setParam(params, 'at', at ?? '')
  setParam(params, 'q', filter.q)
  setParam(params, 'standing', filter.standings.join(','))
  setParam(params, 'role', filter.roles.join(','))
  setParam(params, 'flagged', filter.flagged ? '1' : '')
  setParam(params, 'around', filter.around ? '1' : '')
  setParam(params, 'queue', queue ?? '')
  setParam(params, 'raw', raw ? '1' : '')
  setParam(params, 'panel', panel ?? '')
  return params.toString()
}
