import { z } from 'zod'
import type { ExplainedFeature } from '../explainable'
import type { Node } from './table'

const questionSchema = z.strictObject({
  feature: z.string(),
  /** Lines from the labelled one: -1 is the line before it. */
  offset: z.int(),
  test: z.enum(['equals', 'atMost']),
  /** Null where it asks whether the value is missing. */
  value: z.string().nullable(),
})
/** What an inner node asks of a line. */
export type TreeQuestion = z.infer<typeof questionSchema>

/** A node of a distilled tree as files and drawings have it; `yes` and `no` are there where `question` is. */
export interface TreeNode {
  readonly lines: number
  /** The verdict that most of its lines are given (see `Verdicts`), and their share. */
  readonly label: string
  readonly purity: number
  readonly question?: TreeQuestion | undefined
  readonly yes?: TreeNode | undefined
  readonly no?: TreeNode | undefined
}

const bare = { lines: z.int().min(0), label: z.string(), purity: z.number().min(0).max(1) }
export const treeNodeSchema: z.ZodType<TreeNode> = z.lazy(() => z.union([z.strictObject({ ...bare, question: questionSchema, yes: treeNodeSchema, no: treeNodeSchema }), z.strictObject(bare)]))

/** Gives a tree's columns, codes and classes their names. */
export function namedTree(node: Node, features: readonly Pick<ExplainedFeature, 'name' | 'text' | 'ordinal'>[], classes: readonly string[], context: readonly number[]): TreeNode {
  const about = { lines: node.rows, label: classes[node.top] ?? '', purity: node.rows === 0 ? 0 : node.topRows / node.rows }
  if (!node.children) return about
  const { split, yes, no } = node.children
  const feature = features[split.column % features.length]
  return {
    ...about,
    question: { feature: feature?.name ?? '', offset: context[Math.floor(split.column / features.length)] ?? 0, test: split.test, value: (feature?.ordinal ?? feature)?.text(split.code) ?? null },
    yes: namedTree(yes, features, classes, context),
    no: namedTree(no, features, classes, context),
  }
}

/** "verb", "verb, 1 line before". */
export function featureText({ feature, offset }: TreeQuestion): string {
  if (offset === 0) return feature
  const distance = Math.abs(offset)
  return `${feature}, ${distance} ${distance === 1 ? 'line' : 'lines'} ${offset < 0 ? 'before' : 'after'}`
}

/** What stands on the edge of an answer: "= create", "≠ create", "≤ 3", "> 3", "missing", "present". */
export function answerText({ test, value }: TreeQuestion, answer: 'yes' | 'no'): string {
  if (value === null) return answer === 'yes' ? 'missing' : 'present'
  if (test === 'atMost') return `${answer === 'yes' ? '≤' : '>'} ${value}`
  return `${answer === 'yes' ? '=' : '≠'} ${value}`
}

export function namedLeaves(node: TreeNode): number {
  return node.yes && node.no ? namedLeaves(node.yes) + namedLeaves(node.no) : 1
}
