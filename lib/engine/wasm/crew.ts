import type { Command } from './executor'

/** Those who compute: worker threads, or the calling thread alone. */
export interface Crew {
  /** All threads carry out the command; rejects when one fails, after which the crew is of no use. */
  run(command: Command): Promise<void>
  dispose(): Promise<void>
}
