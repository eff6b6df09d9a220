import { SLOTS } from '@/lib/contexts/candidates'
import { initialWeights } from '@/lib/engine/initial-weights'
import { LINKED_FEATURES } from '../../linked/linked-lines'
import { linkedManifestSchema } from '../../linked/linked-manifest'
import { linkedNetwork } from '../../linked/linked-network'
import { LINKED_PRESET } from '../../linked/linked-settings'
import { codeSizes } from '../../linked/linked-vocabulary'
import type { LinkedModel } from '../../model-file'

/** An untrained model of the linked family with few weights; its words have what text can have in a file. */
export function tinyLinked(): LinkedModel {
  const features = LINKED_FEATURES.slice(0, 7).map((name, i) => ({ name, vocabulary: ['a', '"', '\u0000', '../x', '\ud83d\ude00', '</script>', 'g'].slice(0, 1 + i) }))
  const labels = {
    resources: ['pods', 'services', 'secrets'].map((resource) => ({ group: '', resource, subresource: '' })),
    actions: [{ verb: 'create' as const, namespaced: true, single: true }, { verb: 'delete' as const, namespaced: true, single: true }],
    further: [],
  }
  const shape = { ...LINKED_PRESET.shape, window: 5, dimension: 2, units: 4 }
  const network = linkedNetwork(shape, codeSizes(features.map(({ vocabulary }) => vocabulary)), { resources: labels.resources.length, actions: labels.actions.length })
  const { settings, name: preset, split, stride } = LINKED_PRESET
  const manifest = linkedManifestSchema.parse({
    format: 'auditweave-model', version: 1, family: 'linked', name: 'tiny-linked', created: '2024-05-01T00:00:00.000Z', preset, network, shape, features, slots: [...SLOTS], labels,
    inference: { stride }, data: { name: 'none', sha256: '0'.repeat(64), lines: 0 }, protocol: { name: 'blocked', ...split }, settings: { ...settings, seed: 3 }, engine: 'none', metrics: {}, notes: 'for tests',
  })
  return { manifest, weights: initialWeights(manifest.network, 3) }
}
