import type { JsonObject } from '@/lib/audit/event'
import type { RunEnvironment } from '@/lib/experiments/run-spec'
import { Notice } from '@/components/ui/notice'
import { fellBack } from './engine-fallback'

/** Says that a run was computed by another engine than it asked for, and why. */
export function EngineNotice({ params, environment }: { params: JsonObject; environment: RunEnvironment | null }) {
  if (!environment || !fellBack(params.engine, environment.engine)) return null
  return <Notice tone="warn" className="mb-6">{environment.engineNotes?.join(' ') ?? `Computed with ${environment.engine} instead of ${String(params.engine)}.`}</Notice>
}
