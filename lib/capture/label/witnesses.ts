import type { Act } from './acts'
import type { LineNote } from './note'
import { Motions } from './motion'
import type { TokenHome } from './sent'
import { ActLine, Moments, under } from './timeline'

/** What three independent witnesses say of a component's line: which act was behind it. Null is no answer. */
export interface Testimony {
  /** The last act on the object whose name the line bears. */
  readonly name: Act | null
  /** The last act of the scene, where the scene had been quiet before it. */
  readonly time: Act | null
  /** The request during which the API server asked itself something, where only one was under way. */
  readonly flight: Act | null
}

/** Why a line cannot be given to anybody. */
export type Scope = { readonly scene: string } | { readonly doubt: string } | null

const SILENT: Testimony = Object.freeze({ name: null, time: null, flight: null })
const SLACK = 0.8

/**
 * Asks names and times. A witness that might speak of an earlier act (a second one came before the first had come to rest) is not heard.
 * `quiet` is how long nothing must have happened, in microseconds.
 */
export class Witnesses {
  readonly #byScene = new Map<string, ActLine>()
  readonly #flights = new Map<string, ActLine>()
  readonly #byRoot = new Map<string, ActLine>()
  readonly #ends = new Map<string, ActLine>()
  readonly #lines = new Map<string, Moments>()
  readonly #motions = new Motions()
  /** Objects of each scene that controllers work on. */
  readonly #subjects = new Map<string, Set<string>>()
  /** What made each object that was made by a component; null where that is not sure. */
  readonly #births = new Map<string, { readonly at: number; readonly act: Act | null }>()
  readonly #quiet: number

  constructor(acts: readonly Act[], notes: readonly LineNote[], private readonly tokens: ReadonlyMap<string, TokenHome>, quiet: number) {
    this.#quiet = quiet * SLACK
    for (const act of acts) this.#addAct(act)
    const isAct = new Set(acts.map(({ index }) => index))
    notes.forEach((note, index) => {
      this.#addMotion(note)
      if (!isAct.has(index)) this.#addLine(note)
    })
  }

  /** The scene that a line belongs to, null where it bears no token of the campaign. */
  scopeOf(note: LineNote): Scope {
    const scenes = this.#scenesOf(note.near)
    const [scene] = scenes
    if (scene === undefined) return null
    if (scenes.length === 1) return { scene }
    const own = this.#scenesOf(note.own)
    return own.length === 1 && own[0] !== undefined ? { scene: own[0] } : { doubt: 'it speaks of objects of several scenes' }
  }

  hear(note: LineNote, scene: string): Testimony {
    const { at, until } = note.facts
    if (!Number.isFinite(at)) return SILENT
    const last = this.#byScene.get(scene)?.latest(at) ?? null
    const time = last !== null && !this.#underWay(note, last, scene) ? last : null
    const around = note.facts.user === 'system:apiserver' ? this.#flights.get(scene)?.around(at, until) ?? [] : []
    const named = this.#byName(note, at)
    return { name: named !== null && !this.#underWay(note, named, scene) ? named : null, time: time !== null && this.#restedBefore(time, `scene ${scene}`, this.#byScene.get(scene)) ? time : null, flight: around.length === 1 ? around[0] ?? null : null }
  }

  /** Remembers what a component's line was taken for: what it made goes on under the same act. */
  judged({ motion, facts }: LineNote, act: Act | null): void {
    if (motion.subject !== null && facts.verb === 'create' && facts.subresource === '' && facts.resource !== 'events') this.#births.set(motion.subject, { at: facts.at, act })
  }

  /** Whether the object of a line was still being worked on when the act came, so that the line may tell of what was before. */
  #underWay({ motion, facts }: LineNote, act: Act, scene: string): boolean {
    const subjects = [motion.subject, motion.owner].filter((subject) => subject !== null)
    if (facts.resource === 'namespaces') return false
    if (subjects.length === 0) return this.#motions.anyMoving(this.#subjects.get(scene) ?? [], act.at)
    if (subjects.some((subject) => this.#motions.moving(subject, act.at))) return true
    return subjects.some((subject) => {
      const birth = this.#births.get(subject)
      return birth !== undefined && birth.at > act.at && birth.act !== act
    })
  }

  #addMotion(note: LineNote): void {
    const { subject } = note.motion
    this.#motions.add(note.motion, note.facts.at, note.facts.until)
    if (subject !== null && note.motion.step !== null) for (const scene of this.#scenesOf(note.near)) under(this.#subjects, scene, () => new Set<string>()).add(subject)
  }

  #byName(note: LineNote, at: number): Act | null {
    const spaces = note.near.filter((token) => this.tokens.get(token)?.namespace)
    const roots = note.own.length > 0 ? note.own : this.#rootsBy(note, spaces)
    let last: { readonly act: Act; readonly root: string } | null = null
    for (const root of roots) {
      const act = this.#byRoot.get(root)?.latest(at)
      if (act && (last === null || act.at > last.act.at)) last = { act, root }
    }
    for (const space of spaces) {
      const act = this.#ends.get(space)?.latest(at)
      if (act && (last === null || act.at > last.act.at)) last = { act, root: space }
    }
    if (last === null) return null
    // what ends with its namespace must have been at rest itself
    const { act } = last
    const subjects = act.ends.includes(last.root) && roots.length > 0 ? roots : [last.root]
    return subjects.every((root) => this.#restedBefore(act, `root ${root}`, this.#byRoot.get(root))) ? act : null
  }

  /** The one object that a nameless line speaks of, else its namespace. */
  #rootsBy(note: LineNote, spaces: readonly string[]): readonly string[] {
    const objects = note.near.filter((token) => !spaces.includes(token))
    return objects.length === 1 ? objects : spaces
  }

  #restedBefore(act: Act, subject: string, line: ActLine | undefined): boolean {
    const before = line?.latest(act.at - 1)
    if (before && act.at - before.at < this.#quiet) return false
    return !(this.#lines.get(subject)?.within(act.at - this.#quiet, act.at) ?? false)
  }

  #addAct(act: Act): void {
    for (const scene of act.scenes) {
      under(this.#flights, scene, () => new ActLine()).add(act)
      if (act.effective) under(this.#byScene, scene, () => new ActLine()).add(act)
    }
    if (!act.effective) return
    for (const root of act.roots) under(this.#byRoot, root, () => new ActLine()).add(act)
    for (const space of act.ends) under(this.#ends, space, () => new ActLine()).add(act)
  }

  #addLine(note: LineNote): void {
    const { at, until, verb } = note.facts
    if (!note.facts.api || note.background === 'always' || !Number.isFinite(at)) return
    // a watch lasts for minutes and does nothing meanwhile
    const end = verb === 'watch' || !Number.isFinite(until) ? at : until
    const subjects = [...this.#scenesOf(note.near).map((scene) => `scene ${scene}`), ...note.own.map((root) => `root ${root}`)]
    for (const subject of subjects) {
      const moments = under(this.#lines, subject, () => new Moments())
      moments.add(at)
      if (end !== at) moments.add(end)
    }
  }

  #scenesOf(tokens: readonly string[]): readonly string[] {
    return [...new Set(tokens.flatMap((token) => this.tokens.get(token)?.scene ?? []))]
  }
}
