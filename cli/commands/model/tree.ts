import { Command, Option } from 'commander'
import { verdictText } from '@/lib/model/explain/answer-text'
import type { ModelExplanation } from '@/lib/model/explain/explanation-file'
import { drawTree } from '@/lib/model/explain/tree/draw-tree'
import { answerText, featureText, type TreeNode } from '@/lib/model/explain/tree/named-tree'
import { treeDot } from '@/lib/model/explain/tree/tree-dot'
import { treeSvg } from '@/lib/model/explain/tree/tree-svg'
import { wholeNumber } from '../../arguments'
import { say, writeOutput } from '../../output'
import { carryOut, judgedText, withModelOptions, type ExplainCommandOptions } from './carry-out'

interface Options extends ExplainCommandOptions {
  depth: number
  leaves: number
  format: 'text' | 'json' | 'dot' | 'svg'
  output?: string
}

/** `auditweave model tree [MODEL]`: a decision tree that answers as the model does, as far as it can. */
export function treeCommand(): Command {
  return withModelOptions(new Command('tree').description('Distils a model into a decision tree and says how faithfully it repeats the model.'))
    .option('--depth <n>', 'most questions in a row', wholeNumber(1), 10)
    .option('--leaves <n>', 'most leaves', wholeNumber(2), 96)
    .addOption(new Option('--format <format>', 'what is written').choices(['text', 'json', 'dot', 'svg']).default('text'))
    .option('-o, --output <file>', 'where to write (default: standard output)')
    .option('--save', 'finds out importance and tree and keeps both in the model\'s folder (explanation.json, neighbours.json), for its page and the playground')
    .action(async (name: string | undefined, options: Options) => {
      const explanation = await carryOut(name, options, ['tree'])
      const { tree } = explanation
      if (!tree) return
      await writeOutput(options.output, one(written(explanation, tree.root, options.json ? 'json' : options.format)))
      const share = (value: number): string => `${(value * 100).toFixed(1)} %`
      say(`${judgedText(explanation)} ${tree.leaves} leaves, ${tree.depth} deep. It gives ${share(tree.fidelity.accuracy)} of ${tree.fidelity.lines.toLocaleString('en')} lines the model's label (macro F1 against the model ${tree.fidelity.macroF1.toFixed(4)})${tree.truth ? `, ${share(tree.truth.accuracy)} the true one` : ''}.`)
    })
}

async function* one(text: string): AsyncGenerator<string> {
  yield text
}

/** Levels that a printed picture shows. */
const DRAWN_DEPTH = 10

function written(explanation: ModelExplanation, root: TreeNode, format: Options['format']): string {
  switch (format) {
    case 'json': return `${JSON.stringify(explanation)}\n`
    case 'dot': return treeDot(root, verdictText)
    case 'svg': return treeSvg(drawTree(root, { depth: DRAWN_DEPTH, label: verdictText }), `${explanation.model.name} as a tree`)
    case 'text': return `${outline(root, '').join('\n')}\n`
  }
}

function outline(node: TreeNode, indent: string): string[] {
  const said = `${verdictText(node.label)} (${node.lines.toLocaleString('en')} lines, ${Math.round(node.purity * 100)} %)`
  if (!node.question || !node.yes || !node.no) return [`${indent}${said}`]
  const { question } = node
  return (['yes', 'no'] as const).flatMap((answer) => [`${indent}${featureText(question)} ${answerText(question, answer)}`, ...outline(node[answer] ?? node, `${indent}  `)])
}
