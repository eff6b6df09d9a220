import { autoscaler, collection, definition, eviction, ineffective, namespace, node, service, sharedUser } from '@/lib/contexts/testing/cluster-life'
import { coincidences, freshOwner, movedOn, siblings, stages } from '@/lib/contexts/testing/edges'
import { finalizers, helmHooks, manifest, watchStages } from '@/lib/contexts/testing/manifests'
import type { Scenario } from '@/lib/contexts/testing/scenario'
import { attachments, namesakes } from '@/lib/contexts/testing/storage'
import { deployment, jobs, podReplaced, rollout, statefulSet } from '@/lib/contexts/testing/workloads'

/** Every scenario, freshly built. */
export function allScenarios(): Scenario[] {
  return [deployment, rollout, jobs, statefulSet, podReplaced, namespace, service, autoscaler, sharedUser, eviction, ineffective, definition, node, collection, attachments, namesakes, siblings, freshOwner, coincidences, stages, movedOn, manifest, helmHooks, finalizers, watchStages].map((build) => build())
}
