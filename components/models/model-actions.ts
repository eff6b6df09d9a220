import { callApi } from '@/components/live/call-api'
import { showFailure, showToast } from '@/components/ui/toast'

export type ModelAction = 'default' | 'publish' | 'draft' | 'archive' | 'delete'

/** What a button needs to know of a model; `previousDefault` is whom undo gives the default back to. */
export interface ActedModel { readonly id: string; readonly name: string; readonly state: 'draft' | 'published' | 'archived'; readonly isDefault: boolean; readonly previousDefault: string | null; readonly origin: 'ships' | 'stored'; readonly publishedAt: string | null }

export const ACTION_TEXT: Readonly<Record<ModelAction, { label: string; hint: string; key: string; done: string }>> = {
  default: { label: 'Make default', hint: 'It answers wherever no model is named', key: 'd', done: 'is the default' },
  publish: { label: 'Publish…', hint: 'Fixes it for good, for others to rely on', key: 'p', done: 'is published' },
  draft: { label: 'Back to draft', hint: 'No longer archived', key: 'b', done: 'is a draft again' },
  archive: { label: 'Archive', hint: 'Keeps it out of the way; it is no longer the default', key: 'a', done: 'is archived' },
  delete: { label: 'Delete…', hint: 'Deletes the model with its weights', key: 'shift+d', done: 'is deleted' },
}

/** What may be done with a model in its state, likeliest first. `shippedDefault` may only become the default again. */
export function allowedActions(model: Pick<ActedModel, 'state' | 'isDefault' | 'origin' | 'publishedAt'>): readonly ModelAction[] {
  if (model.origin === 'ships') return model.isDefault ? [] : ['default']
  const take = model.isDefault || model.state === 'archived' ? [] : ['default' as const]
  switch (model.state) {
    case 'draft': return [...take, 'publish', 'archive', 'delete']
    case 'published': return [...take, 'archive']
    case 'archived': return [model.publishedAt === null ? 'draft' : 'publish', 'delete']
  }
}

const UNDO: Readonly<Record<ActedModel['state'], ModelAction>> = { draft: 'draft', published: 'publish', archived: 'archive' }

async function send(id: string, action: ModelAction): Promise<void> {
  await callApi(`/api/models/${encodeURIComponent(id)}/actions`, { method: 'POST', body: { action } })
}

/** Carries an action out, says so, and offers to take it back wherever that can be done. True when it went well. */
export async function runModelAction(model: ActedModel, action: ModelAction, changed: () => void): Promise<boolean> {
  try {
    await send(model.id, action)
  } catch (error) {
    showFailure(error)
    return false
  }
  const undo = undoOf(model, action)
  // One after the other: an archived model is taken back before it can be the default again.
  const takeBack = (): void => { undo.reduce((before, { id, action: back }) => before.then(() => send(id, back)), Promise.resolve()).then(changed, showFailure) }
  showToast(`${model.name} ${ACTION_TEXT[action].done}.`, undo.length > 0 ? { action: { label: 'Undo', run: takeBack } } : {})
  changed()
  return true
}

/** What takes an action back; nothing where it cannot be. */
function undoOf(model: ActedModel, action: ModelAction): readonly { id: string; action: ModelAction }[] {
  if (action === 'delete' || (action === 'publish' && model.publishedAt === null)) return []
  if (action === 'default') return model.previousDefault === null ? [] : [{ id: model.previousDefault, action: 'default' }]
  const back = { id: model.id, action: UNDO[model.state] }
  return action === 'archive' && model.isDefault ? [back, { id: model.id, action: 'default' }] : [back]
}
