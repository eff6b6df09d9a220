import { Command } from 'commander'
import { listCommand } from './experiment/list'
import { reportCommand } from './experiment/report'
import { runCommand } from './experiment/run'
import { priorityCommand, resumeCommand, stopCommand } from './experiment/steer'

/** `auditweave experiment list | run | report | stop | resume | priority`. */
export function experimentCommand(): Command {
  const commands = [listCommand(), runCommand(), reportCommand(), stopCommand(), resumeCommand(), priorityCommand()]
  return commands.reduce((parent, command) => parent.addCommand(command), new Command('experiment').description('Repeats the paper\'s experiments and ours.'))
}
