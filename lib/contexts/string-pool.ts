/** Keeps one copy of each string, so that facts of a large log share their names, users and uids. */
export class StringPool {
  private readonly strings = new Map<string, string>()

  intern(text: string): string {
    const known = this.strings.get(text)
    if (known !== undefined) return known
    this.strings.set(text, text)
    return text
  }

  internOrNull(text: string | null): string | null {
    return text === null ? null : this.intern(text)
  }
}
