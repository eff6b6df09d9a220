import { setTimeout as sleep } from 'node:timers/promises'
import { describeSeconds } from '@/lib/experiments/time-left'
import { workersSeen } from '@/lib/jobs/queue'
import { listStandings, type RunStandingRow } from '@/lib/store/run-standings'
import { say } from '../output'
import { startProgress, type ProgressBar } from '../progress'
import { Crew, type CrewSize } from './crew'
import { isWhole, timeLeft, type Followed } from './progress-of-runs'
import { runLines } from './run-line'

const POLL_MS = 1000

/**
 * Has worker processes of this command carry out launches, and tells each run that ends with the time that is left; returns when the last run has ended.
 * `onWhole` is called for each launch whose runs have all ended.
 */
export async function workThrough(followed: readonly Followed[], size: CrewSize, onWhole: (one: Followed) => Promise<void>): Promise<void> {
  const crew = new Crew(size)
  const teller = new Teller(followed)
  const open = new Set(followed)
  try {
    for (;;) {
      const runs = await listStandings(followed.map(({ launch }) => launch.id))
      await teller.tell(runs)
      for (const one of open) {
        if (!(await isWhole(one, runs.filter((run) => run.experimentId === one.launch.id)))) continue
        open.delete(one)
        teller.pause()
        await onWhole(one)
      }
      if (open.size === 0) return
      crew.check()
      await sleep(POLL_MS)
    }
  } finally {
    teller.pause()
    await crew.end()
  }
}

/** Says what has happened since it last looked. */
class Teller {
  readonly #told = new Set<string>()
  readonly #followed: readonly Followed[]
  readonly #bar: ProgressBar
  readonly #total: number
  #first = true

  constructor(followed: readonly Followed[]) {
    this.#followed = followed
    this.#total = followed.reduce((sum, { total }) => sum + total, 0)
    this.#bar = startProgress('Runs', this.#total)
  }

  async tell(runs: readonly RunStandingRow[]): Promise<void> {
    const ended = runs.filter((run) => run.state !== 'queued' && run.state !== 'running')
    const fresh = ended.filter((run) => !this.#told.has(run.id))
    for (const run of fresh) this.#told.add(run.id)
    const total = Math.max(this.#total, runs.length)
    // Whoever is at work, here or elsewhere.
    const left = timeLeft(this.#followed, runs, Math.max(1, (await workersSeen()).length))
    const time = left === null || ended.length === total ? '' : `about ${describeSeconds(left)} left`
    // What was there when the command began has been told by the one before it.
    if (!this.#first && fresh.length > 0) {
      this.pause()
      const from = ended.length - fresh.length
      for (const [n, line] of (await runLines(fresh, this.#followed)).entries()) say(`${from + n + 1}/${total} ${line}${n === fresh.length - 1 && time ? `; ${time}` : ''}`)
    }
    this.#first = false
    this.#bar.update(ended.length, { secondsLeft: left })
  }

  pause(): void {
    this.#bar.end()
  }
}
