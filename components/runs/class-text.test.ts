import { describe, expect, it } from 'vitest'
import { classText, resourceText } from './class-text'

describe('labels as people read them', () => {
  it.each([['pods|exec|1|1|1', 'create pods/exec'], ['/pods||3|1|0', 'get pods (many)'], ['apps/deployments|scale|4|1|1', 'patch deployments.apps/scale'], ['/namespaces||2|0|1', 'delete namespaces (cluster-wide)'], ['impossible', 'impossible']])('%s is %s', (key, text) => {
    expect(classText(key)).toBe(text)
  })
  it('names groups after resources', () => {
    expect(['/pods', 'apps/deployments', 'pods', 'policy/poddisruptionbudgets/status'].map(resourceText)).toEqual(['pods', 'deployments.apps', 'pods', 'poddisruptionbudgets.policy/status'])
  })
})
