import type { AuditEvent } from '@/lib/audit/event'
import type { Labelling } from '../labelling'
import { Coder, type KeyedHash } from './coder'
import { walkEvent } from './event'
import { PrivateWords, PseudonymWriter } from './writer'

/**
 * Replaces the names in a log by keyed pseudonyms, word by word, in two passes: `learn` of every event, then `event` of each. Names of users, groups,
 * objects, namespaces and hosts, and addresses, are replaced wherever they stand, those that are made of others (a pod's of its set's) stay so, and
 * what rules tell components by stays: linking finds the same contexts. Under one key every log gets the same pseudonyms.
 */
export class Pseudonymiser {
  readonly #coder: Coder
  readonly #private = new PrivateWords()
  #writer: PseudonymWriter | null = null

  constructor(hash: KeyedHash) {
    this.#coder = new Coder(hash)
  }

  /** Takes in the words that an event's names are made of. */
  learn(event: AuditEvent): void {
    walkEvent(event, this.#private)
  }

  /** The words taken in, those that every cluster knows left out. */
  get words(): ReadonlySet<string> {
    return this.#private.words
  }

  event(event: AuditEvent): AuditEvent {
    return walkEvent(event, (this.#writer ??= new PseudonymWriter(this.#coder, this.#private.words)))
  }

  /** Contexts are often called by what they are about. */
  labelling(labelling: Labelling): Labelling {
    return labelling.context === null ? labelling : { ...labelling, context: `c-${this.#coder.word(`context ${labelling.context}`)}` }
  }
}
