export interface KeyBinding {
  /** "mod+k", "?", "j", or a sequence of two: "g h". */
  readonly keys: string
  readonly label: string
  readonly group: string
  readonly run: (event: KeyboardEvent) => void
  /** Also while a text field has the focus. */
  readonly always?: boolean
}

const SEQUENCE_MS = 1200

/** The keys of what is on the screen; of two with the same keys the later wins. */
export class KeyRegistry {
  #bindings: readonly KeyBinding[] = []
  #changes = new Set<() => void>()
  #pending: { readonly key: string; readonly until: number } | null = null

  readonly list = (): readonly KeyBinding[] => this.#bindings

  readonly subscribe = (change: () => void): (() => void) => {
    this.#changes.add(change)
    return () => this.#changes.delete(change)
  }

  add(binding: KeyBinding): () => void {
    this.#set([...this.#bindings, binding])
    return () => this.#set(this.#bindings.filter((other) => other !== binding))
  }

  /** Finds and runs what a key press means; true when it meant something. */
  press(event: KeyboardEvent, typing: boolean, now: number): boolean {
    const key = keyName(event)
    const sequence = this.#pending && now < this.#pending.until ? `${this.#pending.key} ${key}` : null
    this.#pending = null
    const found = (sequence && this.#find(sequence, typing)) || this.#find(key, typing)
    if (found) {
      event.preventDefault()
      found.run(event)
      return true
    }
    if (!typing && this.#bindings.some((binding) => binding.keys.startsWith(`${key} `))) this.#pending = { key, until: now + SEQUENCE_MS }
    return false
  }

  #find(keys: string, typing: boolean): KeyBinding | undefined {
    return this.#bindings.findLast((binding) => binding.keys === keys && (!typing || binding.always))
  }

  #set(bindings: readonly KeyBinding[]): void {
    this.#bindings = bindings
    for (const change of this.#changes) change()
  }
}

export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : ''
  const alt = event.altKey ? 'alt+' : ''
  // Shift is part of the character for signs, and said for letters and named keys.
  const shift = event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key)) ? 'shift+' : ''
  return `${mod}${alt}${shift}${key}`
}

/** "mod+k" as the reader's keyboard writes it. */
export function keyText(keys: string, mac: boolean): string {
  const named = keys.replace(/^((?:mod\+|shift\+)*) $/, '$1Space').replace('ArrowUp', '↑').replace('ArrowDown', '↓')
  return named.replace('mod+', mac ? '⌘' : 'Ctrl ').replace('shift+', mac ? '⇧' : 'Shift ').replace('Escape', 'Esc').replace('Enter', '↵').replace(/\b[a-z]$/, (letter) => (keys.startsWith('mod+') ? letter.toUpperCase() : letter))
}

export const keyRegistry = new KeyRegistry()
