import { labelledLog } from '@/cli/training-source'
import { loadCorpus, runLinkedOn } from '@/lib/experiments/linked-training'
import { CostMeter, type Cost, type Reached, type Setting } from './contender'

/** Its rate falls to nothing over the steps it is given, so that each budget is a training of its own; the first that does is counted. */
const BUDGETS = [20, 40, 80, 160, 480]

/** Trains the linked network with growing budgets until its accuracy, network alone, reaches the target. Linking and encoding count. */
export async function linkedContender({ engine, threads, lines, seed, log }: Setting, target: number): Promise<Reached> {
  const loaded = await loadCorpus(await labelledLog(log, {}), { lines })
  let best = 0
  for (const steps of BUDGETS) {
    let cost: Cost | null = null
    const meter = new CostMeter()
    const result = await runLinkedOn(loaded, { protocol: 'blocked', seed, settings: { epochs: 1, steps } }, engine, { threads, onPhase: (phase) => { if (phase === 'scoring') cost = meter.stop() } })
    const { accuracy = 0, lines: judged = 0, contextLines = 0 } = result.forms[0]?.scores ?? {}
    best = Math.max(best, accuracy)
    if (accuracy >= target) return { cost, accuracy, note: `${steps} steps; ${contextLines} of the ${judged} test lines belong to contexts` }
  }
  return { cost: null, accuracy: best, note: '' }
}
