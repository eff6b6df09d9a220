import { lineageMembers, notebooksNaming } from './lineage-members'
import { lineageNodes, notebookNodes, type NodeList } from './lineage-nodes'
import { nodeKey, type Lineage, type LineageEdge, type LineageKind, type LineageNode, type LineageStart } from '@/lib/experiments/lineage'

export type { Lineage, LineageEdge, LineageKind, LineageNode, LineageStart } from '@/lib/experiments/lineage'

/** Of a kind; a data set may have ten thousand runs. */
const MOST = 60

/**
 * From data set to launch to run to model to what uses it: all that a thing was made of and all that came of it, each with its
 * version or hash and its time. Null when there is no such thing.
 */
export async function lineageOf(kind: LineageStart, id: string): Promise<Lineage | null> {
  const members = await lineageMembers(kind, id)
  const naming = await notebooksNaming([...(kind === 'dataset' ? members.datasets : []), ...members.experiments, ...members.runs, ...members.models])
  const own = kind === 'notebook' ? [{ notebook: id, id: '' }, ...(await notebooksNaming([...members.datasets, ...members.experiments, ...members.runs, ...members.models])).filter(({ notebook }) => notebook === id)] : naming
  const [datasets, experiments, runs, models, reconstructions, notebooks] = await Promise.all([
    lineageNodes('dataset', members.datasets, MOST), lineageNodes('experiment', members.experiments, MOST), lineageNodes('run', members.runs, MOST),
    lineageNodes('model', members.models, MOST), lineageNodes('reconstruction', members.reconstructions, MOST), notebookNodes(own, members, MOST),
  ])
  const lists = { dataset: datasets, experiment: experiments, run: runs, model: models, reconstruction: reconstructions, report: reportsOf(experiments), notebook: notebooks }
  const nodes = Object.values(lists).flatMap((list) => list.nodes)
  const start = `${kind}/${id}`
  if (!nodes.some((node) => nodeKey(node) === start)) return null
  const more = Object.entries(lists).flatMap(([name, list]): [string, number][] => (list.total > list.nodes.length ? [[name, list.total - list.nodes.length]] : []))
  return { start, nodes, edges: linked(nodes, Object.values(lists)), more: Object.fromEntries(more) as Partial<Record<LineageKind, number>> }
}

/** Every launch has its report. */
function reportsOf(experiments: NodeList): NodeList {
  return {
    nodes: experiments.nodes.map((launch): LineageNode => ({ ...launch, kind: 'report', title: `Report of ${launch.title}` })),
    edges: experiments.nodes.map(({ id }) => ({ from: `experiment/${id}`, to: `report/${id}` })),
    total: experiments.total,
  }
}

/** Edges between nodes that are there, once each; a run of a launch hangs on its data set through the launch. */
function linked(nodes: readonly LineageNode[], lists: readonly NodeList[]): LineageEdge[] {
  const there = new Set(nodes.map(nodeKey))
  const edges = lists.flatMap((list) => list.edges).filter(({ from, to }) => there.has(from) && there.has(to))
  return [...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values()]
}
