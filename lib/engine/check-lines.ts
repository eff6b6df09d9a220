import { AuditweaveError } from '@/lib/audit/errors'
import { headSizes } from './spec'
import type { LineMatrix, NetworkSpec } from './types'

const wrong = (what: string): AuditweaveError => new AuditweaveError(
  'invalid-lines', `The lines do not fit the network: ${what}. Encode them with the same features and labels as the network's.`,
)

function checkValues(spec: NetworkSpec, features: LineMatrix['features']): void {
  const first = spec.layers[0]
  const sizes = first?.kind === 'embedding' ? first.sizes : null
  for (let at = 0; at < features.length; at++) {
    const value = features[at] ?? Number.NaN
    const size = sizes?.[at % spec.features]
    if (size === undefined ? Number.isFinite(value) : Number.isInteger(value) && value >= 0 && value < size) continue
    const place = `feature ${at % spec.features} of line ${Math.floor(at / spec.features)} is ${value}`
    throw wrong(size === undefined ? place : `${place}, which is no code below ${size}`)
  }
}

function checkLabels(spec: NetworkSpec, labels: Int32Array): void {
  const sizes = headSizes(spec)
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at] ?? Number.NaN
    const size = sizes[at % spec.heads] ?? 0
    if (label >= -1 && label < size) continue
    throw wrong(`label ${label} of line ${Math.floor(at / spec.heads)} is not below ${size}${spec.headSizes ? ` for head ${at % spec.heads}` : ''}`)
  }
}

/** @throws AuditweaveError 'invalid-lines' when sizes, labels or values cannot be used. */
export function checkLines(spec: NetworkSpec, { lines, features, labels }: LineMatrix): void {
  if (features.length !== lines * spec.features) throw wrong(`${features.length} feature values for ${lines} lines of ${spec.features}`)
  if (labels.length !== lines * spec.heads) throw wrong(`${labels.length} labels for ${lines} lines of ${spec.heads} heads`)
  checkLabels(spec, labels)
  checkValues(spec, features)
}

/** @throws AuditweaveError 'window-out-of-range' when a window does not lie inside the `lines` that are bound. */
export function checkWindows({ window }: NetworkSpec, lines: number, starts: Int32Array): void {
  const bad = starts.findIndex((start) => start < 0 || start + window > lines)
  if (bad < 0) return
  throw new AuditweaveError(
    'window-out-of-range', `Window ${bad} begins at line ${starts[bad]}, but ${window} lines from there are not within the ${lines} lines bound.`,
  )
}
