import { Command, CommanderError } from 'commander'
import { isAuditweaveError } from '@/lib/audit/errors'
import { say, visibleLines } from './output'
import { alertsCommand } from './commands/alerts'
import { contextCommand } from './commands/context'
import { engineCommand } from './commands/engine'
import { experimentCommand } from './commands/experiment'
import { datasetCommand } from './commands/dataset'
import { importCommand } from './commands/import'
import { modelCommand } from './commands/model'
import { queryCommand } from './commands/query'
import { captureCommand } from './commands/capture'
import { receiveCommand } from './commands/receive'
import { replayCommand } from './commands/replay'
import { liveCommand } from './commands/live'
import { reconstructCommand } from './commands/reconstruct'
import { scoreCommand } from './commands/score'
import { startCommand } from './commands/start'
import { trainCommand } from './commands/train'
import { workerCommand } from './commands/worker'
import { version } from '@/lib/experiments/version.node.ts'

/** commander repeats what was given, which may have come from a log. */
const VISIBLE = { writeErr: (text: string): void => void process.stderr.write(visibleLines(text)) }
const EXIT_FAILED = 1
const EXIT_WRONG_USE = 2

/** Parses the command line, runs one command, and turns every outcome into an exit code: 0, 1 (failed) or 2 (wrong use). */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  try {
    await program().parseAsync([...argv], { from: 'user' })
  } catch (error) {
    process.exitCode = report(error)
  }
}

function program(): Command {
  const command = new Command('auditweave')
    .description('Finds the user\'s action behind every line of a Kubernetes audit log.')
    .version(version())
    .exitOverride()
    .showHelpAfterError('(see --help)')
    .configureOutput(VISIBLE)
  for (const sub of [reconstructCommand(), queryCommand(), contextCommand(), alertsCommand(), importCommand(), datasetCommand(), trainCommand(), modelCommand(), engineCommand(), experimentCommand(), scoreCommand(), startCommand(), workerCommand(), receiveCommand(), replayCommand(), captureCommand()])
    command.addCommand(inherit(sub))
  return command.addCommand(inherit(liveCommand()), { hidden: true })
}

/** commander hands its settings to sub-commands made by .command() alone, so ours are told. */
function inherit(command: Command): Command {
  command.exitOverride().showHelpAfterError('(see --help)').configureOutput(VISIBLE)
  command.commands.forEach((sub) => inherit(sub))
  return command
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_WRONG_USE
  if (isAuditweaveError(error)) {
    say(`auditweave: ${error.message}`)
    return error.code === 'wrong-use' ? EXIT_WRONG_USE : EXIT_FAILED
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return EXIT_FAILED
}
