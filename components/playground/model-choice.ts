import { callApi } from '@/components/live/call-api'
import { listBrowserModels, readBrowserModel } from '@/components/training/browser-models'
import { fetchKernels, fetchPart } from '@/components/training/fetch-kernels'
import type { ModelFiles } from './protocol'

/** A model that may label the log. `here` ones were trained in this browser. */
export interface ModelOption { readonly id: string; readonly name: string; readonly origin: 'stored' | 'here'; readonly isDefault: boolean }

/** Chosen where nobody asks for another; the address leaves it out. */
export const DEFAULT_MODEL = ''
/** Links alone. */
export const NO_MODEL = 'none'
const HERE = 'here:'

/** The address's word for a model of this browser. */
export function hereId(name: string): string {
  return `${HERE}${name}`
}

/** Models of the server, then those of this browser. */
export async function listModelOptions(): Promise<ModelOption[]> {
  const [stored, here] = await Promise.all([callApi<{ id: string; name: string; isDefault: boolean }[]>('/api/models'), listBrowserModels()])
  return [
    ...stored.map(({ id, name, isDefault }): ModelOption => ({ id, name, origin: 'stored', isDefault })),
    ...here.map(({ name }): ModelOption => ({ id: hereId(name), name, origin: 'here', isDefault: false })),
  ]
}

/** The option that a choice means; null for links alone, or where there is no model to be the default. */
export function chosenOption(options: readonly ModelOption[], choice: string): ModelOption | null {
  if (choice === NO_MODEL) return null
  if (choice === DEFAULT_MODEL) return options.find((option) => option.isDefault) ?? options[0] ?? null
  return options.find((option) => option.id === choice) ?? null
}

/** A model's two files and the engine: all that comes from elsewhere, and none of it knows the log. */
export async function fetchModel({ id, name, origin }: ModelOption): Promise<ModelFiles> {
  if (origin === 'here') {
    const [model, engine] = await Promise.all([readBrowserModel(name), fetchKernels()])
    // A copy: what crosses to the worker is gone from here.
    return { name, manifest: model.manifest, weights: model.weights.slice(0), engine, neighbours: null }
  }
  const base = `/api/models/${encodeURIComponent(id)}`
  const [manifest, weights, engine, neighbours] = await Promise.all([fetchPart(`${base}/manifest`), fetchPart(`${base}/weights`), fetchKernels(), fetchNeighbours(base)])
  return { name, manifest: await manifest.text(), weights: await weights.arrayBuffer(), engine, neighbours }
}

/** Training lines to show beside explained ones; most models bring none. */
async function fetchNeighbours(base: string): Promise<string | null> {
  const response = await fetch(`${base}/neighbours`).catch(() => null)
  const text = response?.ok ? await response.text() : 'null'
  return text.trim() === 'null' ? null : text
}

/** A chosen model on its way; null files where there is none. */
export class ModelFetch {
  readonly choice: string
  readonly files: Promise<ModelFiles | null>
  /** The files once they are there. */
  ready: ModelFiles | null = null

  constructor(choice: string) {
    this.choice = choice
    this.files = fetchChosen(choice)
    this.files.then((files) => { this.ready = files }, () => undefined)
  }

  /** Ends when the files are there or will not come. */
  async settled(): Promise<void> {
    await this.files.catch(() => null)
  }
}

async function fetchChosen(choice: string): Promise<ModelFiles | null> {
  if (choice === NO_MODEL) return null
  const option = chosenOption(await listModelOptions(), choice)
  return option && fetchModel(option)
}
