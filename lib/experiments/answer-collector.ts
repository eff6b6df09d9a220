import type { LineAnswers } from './line-answers'

/** Labels as their class keys. */
interface Answer { readonly want: string; readonly got: string; readonly confidence: number }

/** Gathers answers by auditID; of several for one the last counts, in the first one's place. */
export class AnswerCollector {
  readonly #byId = new Map<string, Answer>()

  add(auditID: string, answer: Answer): void {
    this.#byId.set(auditID, answer)
  }

  answers(): LineAnswers {
    const codes = new Map<string, number>()
    const code = (label: string): number => {
      const known = codes.get(label)
      if (known !== undefined) return known
      codes.set(label, codes.size)
      return codes.size - 1
    }
    const all = [...this.#byId.values()]
    const [want, got] = [Int32Array.from(all, (answer) => code(answer.want)), Int32Array.from(all, (answer) => code(answer.got))]
    return { auditIDs: [...this.#byId.keys()], labels: [...codes.keys()], want, got, confidence: Float32Array.from(all, (answer) => answer.confidence) }
  }
}
