import { Command } from 'commander'
import { wholeNumber } from '../arguments'

interface Options {
  host?: string
  port?: number
  worker: boolean
}

/** `auditweave start`: the database, a worker and the web application, until Ctrl-C. */
export function startCommand(): Command {
  return new Command('start')
    .description('Starts the database, a worker and the web application, and prints the address.')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1; any other needs AUDITWEAVE_TOKEN)')
    .option('--port <port>', 'port of the web application (default: 3000, or the next free one)', wholeNumber(1))
    .option('--no-worker', 'serves pages only; workers elsewhere take the runs')
    .action(async (options: Options) => {
      const { startApplication } = await import('../start/start')
      await startApplication(options)
    })
}
