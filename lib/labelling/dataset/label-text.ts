import type { ActionLabel } from '@/lib/labels/action-label'
import type { Labelling } from './labelling'

/** A label in words: `create deployments.apps/scale`, with `of many` and `cluster-wide` where that holds. */
export function labelText({ verb, resource, group, subresource, namespaced, single }: ActionLabel): string {
  const name = `${resource}${group === '' ? '' : `.${group}`}${subresource === '' ? '' : `/${subresource}`}`
  return `${verb} ${name}${single ? '' : ', of many'}${namespaced ? '' : ', cluster-wide'}`
}

/** The class of a request: its label, else its role. */
export function classText({ role, label }: Labelling): string {
  return label === null ? (role === 'nonresource' ? 'non-resource' : role) : labelText(label)
}
