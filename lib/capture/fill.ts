import { AuditweaveError } from '@/lib/audit/errors'
import type { JsonValue } from '@/lib/audit/event'
import type { Names } from './names'

const PLACE = /\$\{([^}]*)\}/g
const MOST_DEPTH = 64

/** What the placeholders of one scene stand for; the same word is the same name throughout the scene. */
export class Fillings {
  readonly #names = new Map<string, string>()

  constructor(private readonly source: Names, private readonly scene: string, private readonly users: ReadonlyMap<string, string>) {}

  /** The scene's own namespace. */
  get namespace(): string {
    return this.name(`ns-${this.scene}`.slice(0, 20).replace(/-+$/, ''))
  }

  /** Every name given so far. */
  get given(): ReadonlySet<string> {
    return new Set(this.#names.values())
  }

  name(word: string): string {
    const name = this.#names.get(word) ?? this.source.make(word)
    this.#names.set(word, name)
    return name
  }

  /** Replaces `${word}` by a name, `${ns}`, `${id}`, `${user:x}` and `${group:x}`; `${node}` stays until the cluster is known. */
  text(text: string): string {
    return text.replace(PLACE, (whole, key: string) => {
      if (key === 'node') return whole
      if (key === 'ns') return this.namespace
      if (key === 'id') return this.source.id
      if (key.startsWith('user:')) return this.#user(key.slice(5))
      if (key.startsWith('group:')) return this.name(`group-${key.slice(6)}`.slice(0, 24))
      return this.name(key)
    })
  }

  /** The same in every string of a value. @throws AuditweaveError 'bad-campaign' */
  value(value: JsonValue, depth = 0): JsonValue {
    if (typeof value === 'string') return this.text(value)
    if (typeof value !== 'object' || value === null) return value
    if (depth > MOST_DEPTH) throw new AuditweaveError('bad-campaign', `A manifest of scene ${this.scene} is nested deeper than ${MOST_DEPTH} levels.`)
    if (Array.isArray(value)) return value.map((item) => this.value(item, depth + 1))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.value(item ?? null, depth + 1)]))
  }

  #user(name: string): string {
    const user = this.users.get(name)
    if (user === undefined) throw new AuditweaveError('bad-campaign', `Scene ${this.scene} speaks of the user "${name}", whom the campaign's users do not list.`)
    return user
  }
}
