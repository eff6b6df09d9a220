/** Builds a WHERE clause: values become parameters, never text. */
export class Filter {
  readonly values: unknown[]
  readonly #clauses: string[] = []

  constructor(values: unknown[] = []) {
    this.values = [...values]
  }

  /** Adds a value and names its parameter. */
  parameter(value: unknown): string {
    this.values.push(value)
    return `$${this.values.length}`
  }

  /** `clause` gets the parameter's name; left out when the value is undefined or empty. */
  add(value: unknown, clause: (parameter: string) => string): this {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return this
    this.#clauses.push(clause(this.parameter(value)))
    return this
  }

  /** "Contains", without case; % and _ stand for themselves. */
  contains(text: string | undefined, columns: readonly string[]): this {
    if (text === undefined || text.trim() === '') return this
    const pattern = `%${text.trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    return this.add(pattern, (parameter) => `(${columns.map((column) => `${column} ILIKE ${parameter}`).join(' OR ')})`)
  }

  get where(): string {
    return this.#clauses.length === 0 ? '' : `WHERE ${this.#clauses.join(' AND ')}`
  }
}

/** A whole number within bounds, whatever came. */
export function clamp(value: number | undefined, fallback: number, most: number): number {
  if (value === undefined || !Number.isFinite(value)) return fallback
  return Math.min(Math.max(Math.trunc(value), 0), most)
}
