import type { ColumnFacts } from '@/components/columns/column'
import { formatDuration } from '@/components/format/duration'
import { formatCount, formatFigure } from '@/components/format/number'
import { measure } from './measures'
import { settingName } from './run-settings'

const plain = (title: string, hint: string, short = title): ColumnFacts => ({ title, short, hint, better: null, format: formatFigure })
const round = (value: number): string => (Number.isInteger(value) ? formatCount(value) : value.toFixed(1))
/** For axes and legends: the same on the server and in any zone; cells say how long ago it was. */
const instant = (value: number): string => `${new Date(value).toISOString().slice(0, 16).replace('T', ' ')}Z`

const OWN: Readonly<Record<string, ColumnFacts>> = {
  number: { ...plain('Run', 'Its number'), format: (value) => `#${value}` },
  name: plain('Name', 'What its sweep calls it'),
  kind: plain('Kind', 'A training, or a measurement that trains nothing'),
  state: plain('State', 'Queued, running, done, failed or stopped'),
  experiment: plain('Experiment', 'The sweep it is part of'),
  dataset: plain('Data set', 'What it was trained or measured on'),
  preset: plain('Preset', 'The network it begins from, or the measurement'),
  protocol: plain('Protocol', 'How its test lines were held out'),
  seed: { ...plain('Seed', 'Of split, weights and dropout'), format: round },
  engine: plain('Engine', 'What computed it'),
  worker: plain('Worker', 'Who carried it out'),
  tags: plain('Tags', 'Yours; press t to write them'),
  note: plain('Note', 'Yours; press n to write it'),
  created: { ...plain('Created', 'When it was queued'), format: instant },
  started: { ...plain('Started', 'When its present attempt began'), format: instant },
  finished: { ...plain('Finished', 'When it ended'), format: instant },
  attempt: { ...plain('Attempt', 'How often it was begun'), format: round },
  pinned: plain('Baseline', 'Whether others are compared with it'),
  early: plain('Ended early', 'Why it stopped before its time'),
  epochsDone: { ...plain('Epochs', 'Epochs trained so far'), format: round },
  measured: plain('Measured', 'What a measurement with several points says, in short'),
  window: { ...plain('Window', 'Lines the network sees at once', 'W'), format: round },
}

/** Heads for narrow columns, where the catalogue's short name is not short enough or does not tell lines from windows. */
const SHORT: Readonly<Record<string, string>> = { windowPartsF1: 'F1', linePartsF1: 'Line F1', lineMacroF1: 'Macro F1', lineWeightedF1: 'Wtd. F1', lineAccuracy: 'Accuracy', inferMillisPerLine: 'Infer/line' }

/** How the table names a column and writes its values. */
export function columnFacts(key: string, from: string): ColumnFacts {
  const own = Object.hasOwn(OWN, key) ? OWN[key] : undefined
  if (own) return own
  const known = from === 'settings' ? undefined : measure(key.replace(/^figure\./, ''))
  if (known) return { title: known.label, short: SHORT[key] ?? known.short, hint: known.hint, better: known.better, format: known.format }
  const name = settingName(key.replace(/^figure\./, ''))
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const format = key.endsWith('Seconds') ? formatDuration : formatFigure
  return { title, short: title, hint: from === 'settings' ? `Setting "${key}"` : `Figure "${key}"`, better: null, format }
}
