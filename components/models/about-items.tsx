import Link from 'next/link'
import type { ReactNode } from 'react'
import type { AnyManifest } from '@/lib/model/model-file'
import { formatCount } from '@/components/format/number'
import type { ModelCard } from './model-card'

/** What a model is and was made from, as name and value. */
export function aboutItems({ manifest, runId }: Pick<ModelCard, 'manifest' | 'runId'>): (readonly [ReactNode, ReactNode])[] {
  return [
    ['network', `${manifest.preset}, W = ${manifest.network.window}, ${manifest.network.features} features`],
    ['labels', labelsText(manifest)],
    ['trained on', `${manifest.data.name}, ${formatCount(manifest.data.lines)} lines`],
    ['engine', manifest.engine],
    ...(runId ? [['run', <Link key="r" href={`/runs/${runId}`} className="link">open the run</Link>] as const] : []),
  ]
}

function labelsText(manifest: AnyManifest): string {
  if (manifest.family === 'linked') return `points at the action behind a line, or names one of ${formatCount(manifest.labels.resources.length)} resources and ${formatCount(manifest.labels.actions.length)} actions`
  return `${formatCount(manifest.network.classes)} part values in ${manifest.network.heads} heads`
}
