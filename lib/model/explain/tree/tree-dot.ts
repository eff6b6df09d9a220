import { visibleText } from '@/lib/contexts/visible-text'
import { count, percent } from './draw-tree'
import { answerText, featureText, type TreeNode } from './named-tree'

/** The whole tree in Graphviz's language: `dot -Tsvg tree.dot`. */
export function treeDot(root: TreeNode, label: (verdict: string) => string): string {
  const lines: string[] = []
  let next = 0
  const add = (node: TreeNode): string => {
    const id = `n${next++}`
    const note = `${count(node.lines)} lines, ${percent(node.purity)}`
    if (!node.question || !node.yes || !node.no) lines.push(`  ${id} [label=${quoted(label(node.label), `${note} pure`)}, style=filled]`)
    else {
      lines.push(`  ${id} [label=${quoted(featureText(node.question), note)}]`)
      const [yes, no] = [add(node.yes), add(node.no)]
      lines.push(`  ${id} -> ${yes} [label=${quoted(answerText(node.question, 'yes'))}]`, `  ${id} -> ${no} [label=${quoted(answerText(node.question, 'no'))}]`)
    }
    return id
  }
  add(root)
  return ['digraph tree {', '  rankdir=LR', '  node [shape=box, fontname="sans-serif", fontsize=11, fillcolor="#eff4ff"]', '  edge [fontname="sans-serif", fontsize=10]', ...lines, '}', ''].join('\n')
}

/** A quoted string of DOT: backslashes would be read as escapes, so they are doubled; what is not to be seen is named. */
function quoted(...texts: string[]): string {
  const safe = texts.map((text) => visibleText(text).replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`))
  return `"${safe.join(String.raw`\n`)}"`
}
