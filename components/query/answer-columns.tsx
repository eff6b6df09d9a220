'use client'
import type { ReactNode } from 'react'
import type { AnswerCell, AnswerColumn } from '@/lib/contexts/query-answers'
import { VerbMark } from '@/components/charts/verbs-plot'
import { formatDuration } from '@/components/format/duration'
import { formatClock, formatInstant } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { formatCount } from '@/components/format/number'

interface Look {
  readonly title: string
  /** As a grid track. */
  readonly track: string
  readonly pixels: number
  readonly figure?: boolean
  readonly mono?: boolean
  readonly draw: (cell: AnswerCell) => ReactNode
}

const text = (limit: number) => (cell: AnswerCell): ReactNode => <LogText text={cell === null ? null : String(cell)} limit={limit} />
const count = (cell: AnswerCell): ReactNode => (typeof cell === 'number' ? formatCount(cell) : '–')
const track = (pixels: number, share: number): Pick<Look, 'track' | 'pixels'> => ({ track: share === 0 ? `${pixels}px` : `minmax(${pixels}px,${share}fr)`, pixels })

/** How each column of the answers is drawn. */
export const LOOKS: Readonly<Record<AnswerColumn, Look>> = {
  micros: { title: 'Time (UTC)', ...track(132, 0), mono: true, draw: (cell) => (typeof cell === 'number' ? <time title={formatInstant(cell / 1000)}>{formatClock(cell)}</time> : '–') },
  user: { title: 'Who', ...track(108, 1.3), draw: text(120) },
  verb: { title: 'Verb', ...track(86, 0), draw: (cell) => <span className="flex items-center gap-1.5"><VerbMark verb={cell === null ? null : String(cell)} /><LogText text={cell === null ? null : String(cell)} limit={20} /></span> },
  resource: { title: 'What', ...track(104, 1), draw: text(80) },
  namespace: { title: 'Namespace', ...track(84, 0.8), draw: text(80) },
  name: { title: 'Name', ...track(100, 1.2), mono: true, draw: text(120) },
  code: { title: 'Status', ...track(58, 0), figure: true, draw: (cell) => <span className={typeof cell === 'number' && cell >= 400 ? 'font-semibold text-bad' : ''}>{cell ?? '–'}</span> },
  events: { title: 'Events', ...track(62, 0), figure: true, draw: count },
  duration: { title: 'Lasted', ...track(84, 0), figure: true, draw: (cell) => (typeof cell === 'number' ? formatDuration(cell / 1e6) : '–') },
  label: { title: 'Label', ...track(120, 1.2), draw: text(100) },
  role: { title: 'Role', ...track(96, 0), draw: text(20) },
  confidence: { title: 'Confidence', ...track(86, 0), figure: true, draw: (cell) => (typeof cell === 'number' ? cell.toFixed(2) : '–') },
  agent: { title: 'Agent', ...track(140, 1.2), draw: text(120) },
  source: { title: 'From', ...track(110, 0.8), mono: true, draw: text(80) },
  context: { title: 'Context', ...track(130, 0.8), mono: true, draw: text(80) },
  auditID: { title: 'auditID', ...track(140, 1), mono: true, draw: text(80) },
  seq: { title: 'Line', ...track(70, 0), figure: true, draw: count },
}
