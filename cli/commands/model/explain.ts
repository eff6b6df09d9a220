import { Command } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import { readAudit } from '@/lib/audit/read'
import { openSource } from '@/lib/audit/source.node.ts'
import { visibleText } from '@/lib/contexts/visible-text'
import { DEFAULT_MODEL } from '@/lib/model/default-model'
import { labelKeyText } from '@/lib/model/explain/answer-text'
import { collectorFor, type CollectedLines } from '@/lib/model/explain/collect'
import { explainLine, type LineExplanation } from '@/lib/model/explain/explain-line'
import { readNeighbours } from '@/lib/model/explain/explanation-directory.node.ts'
import type { TrainedModel } from '@/lib/model/model-file'
import { wholeNumber } from '../../arguments'
import { formatTable, printJson, say } from '../../output'
import { startProgress } from '../../progress'
import { engineFor, openModel } from './explained-data'

interface Options {
  model: string
  points?: number
  top: number
  json?: boolean
}

/** `auditweave model explain LOG LINE`: which features, links and neighbouring lines gave a line its label. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('Says which features, links and neighbouring lines moved a line\'s label, by occlusion and by integrated gradients.')
    .argument('<log>', 'an audit log, or - for standard input')
    .argument('<line>', 'an auditID, or the number of a request for an API object, from 0 in order of time')
    .option('--model <name>', 'a model\'s name or folder', DEFAULT_MODEL)
    .option('--points <n>', 'points of the gradients\' path (default: as many as it needs)', wholeNumber(2))
    .option('--top <n>', 'of each kind to print', wholeNumber(1), 10)
    .option('--json', 'all of it as JSON')
    .action(async (log: string, line: string, options: Options) => {
      const { model, folder } = await openModel(options.model)
      const lines = await readLines(model, log)
      const sample = await readNeighbours(folder, model.manifest)
      const bar = startProgress('Explaining', 1)
      const explanation = await explainLine(lines.explainable, await engineFor(1), placeOf(lines, line), { ...(options.points ? { points: options.points } : {}), sample, onProgress: (done, total) => bar.update(done / total) }).finally(() => bar.end())
      const auditID = lines.auditIDs[explanation.line] ?? ''
      if (options.json) printJson({ auditID, ...explanation, nearest: explanation.nearest?.map((near) => ({ ...near, codes: undefined })) ?? null, check: explanation.check })
      else print(explanation, auditID, options.top)
    })
}

async function readLines(model: TrainedModel, log: string): Promise<CollectedLines> {
  const collector = collectorFor(model)
  for await (const batch of readAudit(openSource(log)).events) for (const event of batch) collector.add(event, null)
  const lines = collector.finish()
  if (lines.explainable.lines === 0) throw new AuditweaveError('no-lines', `${log} has no request for an API object: there is no line to explain.`)
  return lines
}

/** An auditID with several stages stands for its last line. */
function placeOf({ auditIDs }: CollectedLines, line: string): number {
  const place = auditIDs.lastIndexOf(line)
  if (place >= 0) return place
  if (/^\d{1,9}$/.test(line)) return Number(line)
  throw new AuditweaveError('unknown-line', `The log has no request for an API object with the auditID "${line.slice(0, 80)}": give one that it has, or a number from 0 to ${auditIDs.length - 1}.`)
}

const figure = (value: number | null): string => (value === null ? '–' : `${value < 0 ? '' : '+'}${value.toFixed(4)}`)

function print(explanation: LineExplanation, auditID: string, top: number): void {
  const { model, line, key, probability, window, check, nearest } = explanation
  say(`Line ${line} (${auditID}): ${model.name} says ${labelKeyText(key)}, probability ${probability.toFixed(4)}, in the window of ${window.lines} lines from line ${window.from}.`)
  say('"drop" is what the probability loses when the thing is taken away; "gradient" what integrated gradients credit it with.')
  const section = (title: string, rows: readonly (readonly string[])[]): string => `${formatTable([[title, 'drop', 'gradient', ''], ...rows])}\n`
  const parts = [
    section('feature of the line', explanation.features.slice(0, top).map(({ name, drop, attribution, value }) => [name, figure(drop), figure(attribution), value === null ? 'missing' : `= ${value}`])),
    section('all of', explanation.groups.slice(0, top).map(({ name, drop, attribution, features }) => [name, figure(drop), figure(attribution), `${features} features`])),
    section('together', explanation.wholes.map(({ name, drop, attribution }) => [name, figure(drop), figure(attribution), ''])),
    section('neighbouring line', explanation.neighbours.slice(0, top).map(({ offset, drop, attribution }) => [`${Math.abs(offset)} ${offset < 0 ? 'before' : 'after'}`, figure(drop), figure(attribution), ''])),
    ...(nearest ? [`${formatTable([['nearest training lines', 'cosine', 'label'], ...nearest.map((near) => [`line ${near.line}`, near.similarity.toFixed(3), labelKeyText(near.label)])])}\n`] : []),
  ]
  process.stdout.write(visible(parts.join('\n')))
  say(check ? `Check: rank correlation of the two ${check.rank === null ? 'undefined' : check.rank.toFixed(2)}, ${check.top} of the top 5 the same, over ${check.count} values and lines; gradients add up to ${check.total.toFixed(4)} of ${check.change.toFixed(4)} at ${check.points} points.` : 'This engine has no gradients: occlusion alone, unchecked.')
}

/** Values come from the log. */
function visible(text: string): string {
  return text.split('\n').map(visibleText).join('\n')
}
