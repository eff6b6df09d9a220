import { Command } from 'commander'
import { checkCommand } from './model/check'
import { evaluateCommand } from './model/evaluate'
import { explainCommand } from './model/explain'
import { exportCommand } from './model/export'
import { importanceCommand } from './model/importance'
import { listCommand } from './model/list'
import { showCommand } from './model/show'
import { treeCommand } from './model/tree'

/** `auditweave model ...`: what there is to know of models, and to do with them outside of a run. */
export function modelCommand(): Command {
  const command = new Command('model').description('Lists, shows, explains and exports models.')
  for (const sub of [listCommand(), showCommand(), evaluateCommand(), exportCommand(), checkCommand(), importanceCommand(), treeCommand(), explainCommand()]) command.addCommand(sub)
  return command
}
