import { planCampaign } from '@/lib/capture/plan'
import type { Campaign } from '@/lib/capture/campaign'
import type { PlannedRequest, PlannedStep } from '@/lib/capture/plan-types'
import { resourcesByTable } from '@/lib/capture/sweep/served'
import { visibleText } from '@/lib/contexts/visible-text'
import { printJson, say } from '../../output'

/** Prints what campaigns come to, without touching any cluster. */
export function printPlan(campaigns: readonly Campaign[], seed: number, form: 'json' | 'text'): void {
  const served = resourcesByTable()
  if (campaigns.some(({ scenes }) => scenes.some(({ sweep }) => sweep !== undefined))) say('What a sweep meets is only known when the cluster is asked: this shows what Kubernetes itself serves.')
  for (const campaign of campaigns) {
    const plan = planCampaign(campaign, { seed, served })
    if (form === 'json') printJson({ ...plan, scenes: plan.scenes.map(({ users, ...scene }) => ({ ...scene, users: Object.fromEntries(users) })) })
    else process.stdout.write(`${[`${plan.name} (${plan.id}, seed ${seed}): ${plan.title}`, ...plan.scenes.flatMap(({ name, steps }) => [`  ${name}`, ...steps.flatMap((step) => describe(step, '    '))])].map(visibleText).join('\n')}\n`)
  }
}

function describe(step: PlannedStep, indent: string): string[] {
  if (step.kind === 'pause') return [`${indent}pause ${step.seconds} s`]
  if (step.kind === 'together') return [`${indent}together`, ...step.requests.map((request) => line(request, `${indent}  `))]
  return [line(step, indent)]
}

function line({ step, method, path, label, as, until, expect }: PlannedRequest, indent: string): string {
  const parts = [`${indent}${step}. ${method} ${path}`]
  if (as !== null) parts.push(`as ${as}`)
  if (until !== null) parts.push(`until ${JSON.stringify(until.condition)}, at most ${until.most} s`)
  if (expect !== null && until === null) parts.push(`expects ${expect.join(' or ')}`)
  if (label !== null) parts.push(`-> ${label.verb} ${label.resource}${label.group === '' ? '' : `.${label.group}`}${label.subresource ? `/${label.subresource}` : ''}${label.namespaced ? ', namespaced' : ''}${label.single ? ', single' : ''}`)
  return parts.join('  ')
}
