import { Command } from 'commander'
import { cardCommand } from './dataset/card'
import { diffCommand } from './dataset/diff'
import { exportCommand } from './dataset/export'
import { freezeCommand } from './dataset/freeze'
import { importCommand } from './dataset/import'
import { importLabelsCommand } from './dataset/import-labels'
import { listCommand } from './dataset/list'
import { mergeCommand } from './dataset/merge'
import { pseudonymiseCommand } from './dataset/pseudonymise'
import { restoreCommand } from './dataset/restore'
import { showCommand } from './dataset/show'
import { sliceCommand } from './dataset/slice'
import { splitCommand } from './dataset/split'
import { versionsCommand } from './dataset/versions'

/** `auditweave dataset list | show | freeze | versions | diff | restore | card | split | merge | slice | pseudonymise | import | import-labels | export`. */
export function datasetCommand(): Command {
  const commands = [
    listCommand(), showCommand(), freezeCommand(), versionsCommand(), diffCommand(), restoreCommand(), cardCommand(), splitCommand(), mergeCommand(), sliceCommand(), pseudonymiseCommand(),
    importCommand(), importLabelsCommand(), exportCommand(),
  ]
  return commands.reduce((parent, command) => parent.addCommand(command), new Command('dataset').description('Data sets as things: versions, splits, cards, and new data sets made of others. NAME@3 names version 3.'))
}
