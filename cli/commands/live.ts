import { Command } from 'commander'
import { wholeNumber } from '../arguments'

/** `auditweave live`: links what the receiver of the data folder keeps and raises alerts; `start --receive-port` runs it, so it is not listed. */
export function liveCommand(): Command {
  return new Command('live')
    .description('Links the events that are received into the data folder and lets watches look at them, until it is stopped.')
    .option('--window <lines>', 'how many lines are held at most', wholeNumber(100))
    .action(async (options: { window?: number }) => {
      const { live } = await import('../start/live')
      await live(options)
    })
}
