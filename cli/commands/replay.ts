import { Command, InvalidArgumentError } from 'commander'
import type { ReplayOptions } from '../start/replay'

/** `auditweave replay`: a log sent as a kube-apiserver would send it. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('Sends an audit log to a receiver in batches, as kube-apiserver would: to try the live view without a cluster.')
    .argument('<input>', 'an audit log; - for standard input')
    .requiredOption('--to <address>', 'where it is received, e.g. http://127.0.0.1:8085/audit')
    .option('--speed <times>', 'how many times as fast as it happened; max for as fast as it is taken', speed, 1)
    .option('--keep-times', 'leave times and audit IDs as logged; else it happens now, and again with every replay')
    .option('--token-file <file>', 'holds the bearer token (default: AUDITWEAVE_RECEIVE_TOKEN)')
    .option('--json', 'print the figures as JSON')
    .action(async (input: string, options: ReplayOptions) => {
      const { replay } = await import('../start/replay')
      await replay(input, options)
    })
}

function speed(text: string): number {
  const value = text === 'max' ? Infinity : Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('Give a number above 0, or max.')
  return value
}
