import type { Cluster, LabelledFacts } from '@/lib/contexts/cluster'
import { clusterNewest } from '@/lib/contexts/cluster-newest'
import { clusterOct2024 } from '@/lib/contexts/cluster-oct2024'
import { contextId } from '@/lib/contexts/context-id'
import type { EventFacts } from '@/lib/contexts/facts'
import { compareFacts, contextTrigger, mergeStages } from '@/lib/contexts/reconstruct'
import type { ContextRecord, ReconstructedRecord, Reconstruction, Role } from '@/lib/contexts/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import { labelKey } from '@/lib/labels/label-key'

export type ClusterVariant = 'k8ntext' | 'k8ntext-2024'

function labelled(facts: EventFacts, label: ActionLabel): LabelledFacts {
  const key = labelKey(label)
  return { facts, label, key, trigger: facts.label !== null && labelKey(facts.label) === key }
}

function contextOf(cluster: Cluster): ContextRecord | null {
  const head = cluster.members.find((member) => member.trigger) ?? cluster.members[0]
  if (!head) return null
  const byTime = cluster.members.map((member) => member.facts).sort(compareFacts)
  return {
    id: contextId(head.facts.auditID), trigger: contextTrigger(head.facts), label: head.label, events: byTime.length,
    first: byTime[0]?.received ?? null, last: byTime[byTime.length - 1]?.received ?? null, members: byTime.map((facts) => facts.auditID),
  }
}

interface Place {
  readonly context: ContextRecord
  readonly why: string
}

function recordOf(facts: EventFacts, member: LabelledFacts | undefined, place: Place | undefined): ReconstructedRecord {
  const role: Role = !facts.api ? 'nonresource' : !member ? 'background' : member.trigger ? 'trigger' : 'consequence'
  const isHead = place?.context.trigger.auditID === facts.auditID
  return {
    auditID: facts.auditID, stage: facts.stage, requestReceivedTimestamp: facts.received, role, label: member?.label ?? null,
    confidence: null, context: place?.context.id ?? null,
    links: place && !isHead ? [{ rule: 'k8ntext', key: place.why, to: place.context.trigger.auditID, score: 0.5 }] : [],
  }
}

/**
 * The paper's clusterers: contexts from a label for every event (true or predicted). `labels[i]` belongs to `facts[i]`;
 * events without a label are in no context. `k8ntext` is the newest published scoring, `k8ntext-2024` the one the paper
 * evaluated. Where the authors draw random ids, ours come from the first trigger of a context.
 */
export function reconstructByLabels(facts: readonly EventFacts[], labels: readonly (ActionLabel | null)[], variant: ClusterVariant): Reconstruction {
  const labelOf = new Map<string, ActionLabel>()
  facts.forEach((fact, i) => {
    const label = labels[i]
    if (label && !labelOf.has(fact.auditID)) labelOf.set(fact.auditID, label)
  })
  const sorted = [...facts].sort(compareFacts)
  const members = new Map<string, LabelledFacts>()
  for (const event of mergeStages(sorted)) {
    const label = labelOf.get(event.auditID)
    if (label && event.api) members.set(event.auditID, labelled(event, label))
  }
  const clusters = (variant === 'k8ntext' ? clusterNewest : clusterOct2024)([...members.values()])
  const places = new Map<string, Place>()
  const contexts: ContextRecord[] = []
  for (const cluster of clusters) {
    const context = contextOf(cluster)
    if (!context) continue
    contexts.push(context)
    cluster.members.forEach((member, i) => places.set(member.facts.auditID, { context, why: cluster.why[i] ?? '' }))
  }
  contexts.sort((a, b) => ((a.first ?? '') < (b.first ?? '') ? -1 : 1))
  return { records: sorted.map((event) => recordOf(event, members.get(event.auditID), places.get(event.auditID))), contexts }
}
