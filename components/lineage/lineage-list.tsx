import Link from 'next/link'
import type { Lineage, LineageNode } from '@/lib/experiments/lineage'
import { formatInstant } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { hrefOf, keyOf } from './lineage-layout'

const KIND_WORDS: Readonly<Record<LineageNode['kind'], string>> = { dataset: 'data set', experiment: 'launch', run: 'run', model: 'model', reconstruction: 'reconstruction', report: 'report', notebook: 'notebook' }
const HEADS = ['Kind', 'Name', 'Version', 'SHA-256', 'Time', '', ''] as const
/** Kinds that have a lineage page of their own. */
const STARTS = new Set(['dataset', 'experiment', 'run', 'model', 'reconstruction', 'notebook'])

/** The same as the picture, whole: each thing with its version, hash and time. */
export function LineageList({ lineage }: { lineage: Lineage }) {
  return (
    <div className="relative overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Lineage as a list">
      <table className="w-full min-w-220">
        <thead className="bg-panel text-left text-12 text-dim"><tr>{HEADS.map((name, index) => <th key={index} scope="col" className="px-3 py-1.5 font-medium">{name || <span className="sr-only">{index === 5 ? 'Remarks' : 'Lineage'}</span>}</th>)}</tr></thead>
        <tbody>{lineage.nodes.map((node) => <Row key={keyOf(node)} node={node} lineage={lineage} />)}</tbody>
      </table>
    </div>
  )
}

function Row({ node, lineage }: { node: LineageNode; lineage: Lineage }) {
  const href = hrefOf(node, lineage)
  const here = keyOf(node) === lineage.start
  const name = <LogText text={node.title} limit={120} />
  return (
    <tr className="border-t border-line" {...(here ? { 'aria-current': 'true' as const } : {})}>
      <td className="px-3 py-1.5 text-dim">{KIND_WORDS[node.kind]}</td>
      <td className="px-3">{href === null ? name : <Link href={href} prefetch={false} className="link">{name}</Link>}</td>
      <td className="px-3 whitespace-nowrap">{node.version ?? '–'}</td>
      <td className="px-3">{node.hash === null ? '–' : <code className="font-mono text-12" title={node.hash}>{node.hash.slice(0, 16)}</code>}</td>
      <td className="px-3 whitespace-nowrap">{formatInstant(node.at)}</td>
      <td className="px-3 text-dim">{node.note}</td>
      <td className="px-3 text-right">{here ? <span className="text-12 text-dim">this one</span> : STARTS.has(node.kind) ? <Link href={`/lineage/${node.kind}/${node.id}`} prefetch={false} className="link text-12">from here</Link> : null}</td>
    </tr>
  )
}
