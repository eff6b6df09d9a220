import { Command } from 'commander'
import type { ModelExplanation } from '@/lib/model/explain/explanation-file'
import { wholeNumber } from '../../arguments'
import { formatTable, printJson, say } from '../../output'
import { carryOut, judgedText, withModelOptions, type ExplainCommandOptions } from './carry-out'

interface Options extends ExplainCommandOptions {
  repeats: number
  seed: number
  lines?: number
  top: number
}

/** `auditweave model importance [MODEL]`: what labelling loses when each feature is dealt out anew. */
export function importanceCommand(): Command {
  return withModelOptions(new Command('importance').description('What a model looks at: the loss when a feature, or all that one link says, is shuffled among unseen lines.'))
    .option('--repeats <n>', 'times that each feature is shuffled', wholeNumber(1), 3)
    .option('--seed <n>', 'seeds the shuffling', wholeNumber(0), 1)
    .option('--lines <n>', 'most lines to score, the last of those held out (default: 2000)', wholeNumber(100))
    .option('--top <n>', 'features to print', wholeNumber(1), 20)
    .option('--save', 'finds out importance and tree and keeps both in the model\'s folder (explanation.json, neighbours.json), for its page and the playground')
    .action(async (name: string | undefined, options: Options) => {
      const explanation = await carryOut(name, options, ['importance'])
      if (options.json) return printJson(explanation)
      print(explanation, options.top)
    })
}

function print(explanation: ModelExplanation, top: number): void {
  const { importance } = explanation
  if (!importance) return
  say(`${judgedText(explanation)} As it is: accuracy ${importance.whole.accuracy.toFixed(4)}, macro F1 ${importance.whole.macroF1.toFixed(4)} on ${importance.lines.toLocaleString('en')} lines.`)
  const signed = (value: number): string => value.toFixed(4)
  const rows = [...importance.groups.map((one) => ({ ...one, name: `all of ${one.name}` })), ...importance.features.slice(0, top)]
  process.stdout.write(`${formatTable([['feature', 'accuracy lost', '±', 'macro F1 lost', '±', 'confidence lost', '±'], ...rows.map(({ name, accuracy, macroF1, confidence }) => [name, ...[accuracy, macroF1, confidence].flatMap(({ mean, deviation }) => [signed(mean), signed(deviation)])])])}\n`)
}
