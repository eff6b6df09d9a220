import { isHopeless } from '@/lib/experiments/early-stop'
import type { EndedEarly, EpochRow } from '@/lib/experiments/execute-types'
import { timeIsSpent } from '@/lib/store/budget'
import { earlyStopOf, peerEpochs } from '@/lib/store/peer-epochs'
import { patiently } from './patiently'

/** Asks at the end of each epoch whether a run's launch lets it go on: its time may be spent, or the run hopeless beside the others. */
export async function endOf(runId: string): Promise<(row: EpochRow) => Promise<EndedEarly | null>> {
  const rule = await earlyStopOf(runId)
  return (row) => patiently(async () => {
    if (await timeIsSpent(runId)) return 'budget-spent'
    if (rule === null || row.epoch <= rule.graceEpochs) return null
    const { own, others } = await peerEpochs(runId)
    return isHopeless(own, others, rule) ? 'hopeless' : null
  })
}
