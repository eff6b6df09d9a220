import { aggregatedRole } from '@/lib/contexts/rules/aggregated-role'
import { autoscalerTarget } from '@/lib/contexts/rules/autoscaler-target'
import { boundObject } from '@/lib/contexts/rules/bound-object'
import { customDefinition } from '@/lib/contexts/rules/definition'
import { disruptionBudget } from '@/lib/contexts/rules/disruption-budget'
import { eventSeries } from '@/lib/contexts/rules/event-series'
import { involvedObject } from '@/lib/contexts/rules/involved-object'
import { namespaceCreation, namespaceDeletion } from '@/lib/contexts/rules/namespace-life'
import { nestedAddress, nestedLookup } from '@/lib/contexts/rules/nested-lookup'
import { nodeLifecycle } from '@/lib/contexts/rules/node-lifecycle'
import { ownObject } from '@/lib/contexts/rules/own-object'
import { podReference } from '@/lib/contexts/rules/pod-reference'
import { podFetch, podStart, podToken } from '@/lib/contexts/rules/pod-start'
import { podsOfNode } from '@/lib/contexts/rules/pods-of-node'
import { sameApplication } from '@/lib/contexts/rules/same-application'
import { sameWorker } from '@/lib/contexts/rules/same-worker'
import type { Rule } from '@/lib/contexts/rules/rule'

/** Every linking rule, in the order they are asked. */
export const RULES: readonly Rule[] = [
  ownObject, involvedObject, nodeLifecycle, autoscalerTarget, aggregatedRole, disruptionBudget, podsOfNode, boundObject, podFetch, podReference, podToken,
  sameApplication, namespaceDeletion, eventSeries, customDefinition, namespaceCreation, nestedLookup, nestedAddress, podStart, sameWorker,
]
