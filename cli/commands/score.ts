import { Command } from 'commander'
import { openSource } from '@/lib/audit/source.node.ts'
import { readRecords } from '@/lib/contexts/read-records'
import { scoreReconstruction } from '@/lib/contexts/score'
import { formatTable, printJson } from '../output'

/** `auditweave score TRUTH PREDICTED`: contexts and labels of a reconstruction against a capture's truth. */
export function scoreCommand(): Command {
  return new Command('score')
    .description('Scores a reconstruction against the truth of a capture: B-cubed, pairwise, ARI, exact contexts, labels.')
    .argument('<truth>', 'truth records, JSON lines, gzip or plain; - for standard input')
    .argument('<predicted>', 'what reconstruct wrote')
    .option('--json', 'one JSON object instead of a table')
    .action(async (truthPath: string, predictedPath: string, options: { json?: boolean }) => {
      const truth = await readRecords(openSource(truthPath), truthPath)
      const predicted = await readRecords(openSource(predictedPath), predictedPath)
      const score = scoreReconstruction(truth, predicted)
      if (options.json) printJson(score)
      else process.stdout.write(`${formatTable(Object.entries(score).map(([name, value]) => [name, String(value)]))}\n`)
    })
}
