import { AuditweaveError } from '@/lib/audit/errors'
import type { Engine } from '@/lib/engine/types'
import { macroF1, tupleAccuracy } from '../metrics/classification'
import { confusionOf } from '../metrics/confusion'
import type { LineRange } from '../windows'
import type { Explainable, ExplainedFeature } from './explainable'
import { namedTree, type TreeNode } from './tree/named-tree'
import { growTree } from './tree/grow'
import { pruningPath } from './tree/prune'
import { depthOf, leafCount, leafOf, type Node, type TreeColumn, type TreeTable } from './tree/table'

/** How well a tree repeats its model. */
export interface Fidelity {
  /** Share of lines on which both give the same label. */
  readonly accuracy: number
  /** Macro F1 of the tree's labels, the model's taken as the truth. */
  readonly macroF1: number
  readonly lines: number
}

/** A decision tree that repeats a network's answers as far as it can: what the network does, in questions. */
export interface DistilledTree {
  readonly root: TreeNode
  readonly leaves: number
  readonly depth: number
  /** Rows it was grown on, and how many verdicts and labels the model gave them. */
  readonly lines: number
  readonly verdicts: number
  readonly labels: number
  /** Lines before and after the labelled one whose features it may ask for. */
  readonly context: number[]
  /** On lines that neither growing nor pruning has seen. */
  readonly fidelity: Fidelity
  /** Against the true labels of the same lines: what the tree itself is worth. */
  readonly truth: Fidelity | null
}

export interface DistilOptions {
  readonly train: LineRange
  readonly test: LineRange
  readonly maxDepth?: number
  readonly maxLeaves?: number
  /** Most training lines, evenly picked. */
  readonly limit?: number
  /** Offsets of neighbouring lines whose features may be asked for, e.g. [-1]. */
  readonly context?: readonly number[]
  readonly threads?: number
  readonly signal?: AbortSignal
  onProgress?(done: number, total: number): void
}

/** The last fifth of the training lines decides how far the tree is pruned. */
const PRUNING_SHARE = 0.2
/** A smaller tree is taken where it costs less agreement than this. */
const SLACK = 0.0005
const NOTHING = 'nothing'

/**
 * Distils a model into a decision tree (what the paper used Trustee for): grown by CART on the model's own answers to the training
 * lines, pruned by cost and complexity on a part of them kept back, and judged on lines of its own.
 * @throws AuditweaveError 'too-few-lines'
 */
export async function distilTree(explainable: Explainable, engine: Engine, options: DistilOptions): Promise<DistilledTree> {
  const { train, test, limit = 20_000 } = options
  const answers = await answersOf(explainable, engine, options)
  const cut = Math.round(train.from + (train.to - train.from) * (1 - PRUNING_SHARE))
  const [grow, prune, judge] = [answeredLines(answers, train.from, cut, limit), answeredLines(answers, cut, train.to, Math.ceil(limit / 4)), answeredLines(answers, test.from, test.to, Number.POSITIVE_INFINITY)]
  if (grow.length === 0 || judge.length === 0) throw new AuditweaveError('too-few-lines', `The model answers ${grow.length} training lines and ${judge.length} to judge by: take a longer log.`)
  const pupil = new Pupil(explainable, [0, ...(options.context ?? [])], grow, answers)
  const whole = growTree(pupil.table, { maxDepth: options.maxDepth ?? 10, maxLeaves: options.maxLeaves ?? 96, minLeaf: Math.max(2, Math.round(grow.length / 5000)) })
  const root = prunedBy(whole, (node) => pupil.agreement(node, prune))
  const told = [...judge].map((line) => pupil.key(root, line))
  return {
    root: namedTree(root, explainable.features, pupil.verdicts, pupil.context), leaves: leafCount(root), depth: depthOf(root),
    lines: grow.length, verdicts: pupil.verdicts.length, labels: new Set([...grow].map((line) => answers[line])).size, context: pupil.context,
    fidelity: fidelityOf(told, [...judge].map((line) => answers[line] ?? null)) ?? { accuracy: 0, macroF1: 0, lines: 0 },
    truth: fidelityOf(told, [...judge].map((line) => explainable.truth[line] ?? null)),
  }
}

/** Class key of the model's answer to each line of both ranges. */
async function answersOf(explainable: Explainable, engine: Engine, { train, test, threads, signal, onProgress }: DistilOptions): Promise<(string | null)[]> {
  const answers: (string | null)[] = Array.from({ length: explainable.lines }, () => null)
  for (const [i, range] of [train, test].entries()) {
    const found = await explainable.label(engine, explainable.matrix, range, { ...(threads ? { threads } : {}), ...(signal ? { signal } : {}) })
    found.forEach((answer, at) => { answers[range.from + at] = answer?.key ?? null })
    onProgress?.(i + 1, 3)
  }
  return answers
}

function answeredLines(answers: readonly (string | null)[], from: number, to: number, limit: number): Int32Array {
  const lines: number[] = []
  for (let line = from; line < to; line++) if (answers[line] != null) lines.push(line)
  if (lines.length <= limit) return Int32Array.from(lines)
  return Int32Array.from({ length: limit }, (_, i) => lines[Math.floor((i * lines.length) / limit)] ?? 0)
}

/** A tree's view of the lines: its columns, and what its leaves say in the model's words. */
class Pupil {
  readonly verdicts: readonly string[]
  readonly table: TreeTable

  constructor(readonly explainable: Explainable, readonly context: number[], lines: Int32Array, readonly answers: readonly (string | null)[]) {
    const given = Array.from(lines, (line) => explainable.verdicts.of(line, answers[line] ?? ''))
    this.verdicts = [...new Set(given)].sort()
    const places = new Map(this.verdicts.map((verdict, i) => [verdict, i]))
    const width = context.length * explainable.features.length
    const columns = Array.from({ length: width }, (_, column): TreeColumn => ({ kind: this.#feature(column)?.ordinal ? 'ordinal' : 'category', codes: Uint16Array.from(lines, (line) => this.#code(line, column)) }))
    this.table = { rows: lines.length, columns, target: Int32Array.from(given, (verdict) => places.get(verdict) ?? 0), classes: this.verdicts.length }
  }

  /** Class key of the label that the tree gives a line. */
  key(root: Node, line: number): string | null {
    const verdict = this.verdicts[leafOf(root, (column) => this.#code(line, column)).top]
    return verdict === undefined ? null : this.explainable.verdicts.key(line, verdict)
  }

  /** Share of lines that the tree labels as the model does. */
  agreement(root: Node, lines: Int32Array): number {
    return lines.reduce((same, line) => same + Number(this.key(root, line) === this.answers[line]), 0) / Math.max(1, lines.length)
  }

  #feature(column: number): ExplainedFeature | undefined {
    return this.explainable.features[column % this.explainable.features.length]
  }

  /** A neighbour beyond the log's ends has missing values. */
  #code(line: number, column: number): number {
    const { matrix, features, lines, codes } = this.explainable
    const at = line + (this.context[Math.floor(column / features.length)] ?? 0)
    const code = at < 0 || at >= lines ? codes.missing : (matrix[at * features.length + (column % features.length)] ?? 0)
    return this.#feature(column)?.ordinal?.rank(code) ?? code
  }
}

/** The smallest of the prunings that agrees within the slack of the best. */
function prunedBy(root: Node, agree: (node: Node) => number): Node {
  const path = pruningPath(root).map(({ root: node }) => ({ node, share: agree(node) }))
  const best = Math.max(...path.map(({ share }) => share))
  return path.findLast(({ share }) => share >= best - SLACK)?.node ?? root
}

/** A line that the tree says nothing of counts as one that it gets wrong. */
function fidelityOf(told: readonly (string | null)[], wanted: readonly (string | null)[]): Fidelity | null {
  const pairs = told.flatMap((tree, i) => { const want = wanted[i]; return want == null ? [] : [{ tree: tree ?? NOTHING, want }] })
  if (pairs.length === 0) return null
  const confusion = confusionOf(pairs.map(({ want }) => want), pairs.map(({ tree }) => tree))
  return { accuracy: tupleAccuracy(confusion), macroF1: macroF1(confusion), lines: pairs.length }
}
