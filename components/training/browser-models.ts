import { AuditweaveError } from '@/lib/audit/errors'

/** A model folder's two files, kept in this browser. */
export interface BrowserModel { readonly name: string; readonly manifest: string; readonly weights: ArrayBuffer; readonly created: string }

const DATABASE = 'auditweave'
const STORE = 'models'
/** Where the browser keeps nothing (private windows), a model lives as long as the page. */
const held = new Map<string, BrowserModel>()

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE, { keyPath: 'name' }))
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('The browser keeps no data for this page.')))
  })
}

async function withStore<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const request = ask(database.transaction(STORE, mode).objectStore(STORE))
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error('The browser could not keep the model.')))
    })
  } finally {
    database.close()
  }
}

/** Models that were trained in this browser, newest first. */
export async function listBrowserModels(): Promise<BrowserModel[]> {
  const stored = await withStore<BrowserModel[]>('readonly', (store) => store.getAll()).catch(() => [])
  const all = new Map([...stored, ...held.values()].map((model) => [model.name, model]))
  return [...all.values()].sort((a, b) => (a.created < b.created ? 1 : -1))
}

/** Keeps a model; one of the same name is replaced. True where it outlives the page. */
export async function keepBrowserModel(model: BrowserModel): Promise<boolean> {
  held.set(model.name, model)
  return withStore('readwrite', (store) => store.put(model)).then(() => true, () => false)
}

/** Throws 'unknown-model' where it was forgotten. */
export async function readBrowserModel(name: string): Promise<BrowserModel> {
  const model = held.get(name) ?? (await withStore<BrowserModel | undefined>('readonly', (store) => store.get(name)).catch(() => undefined))
  if (!model) throw new AuditweaveError('unknown-model', `This browser has no model "${name}". Choose another, or train it again.`)
  return model
}

export async function forgetBrowserModel(name: string): Promise<void> {
  held.delete(name)
  await withStore('readwrite', (store) => store.delete(name)).catch(() => undefined)
}
