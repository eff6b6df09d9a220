const SHORTEST = 8

/** Takes credentials out of whatever is said or written: an answer of a server may hold what was sent to it. */
export class Scrubber {
  readonly #secrets = new Set<string>()

  /** Learns a credential; texts too short to be one are left alone. */
  add(secret: string | null | undefined): void {
    if (!secret || secret.length < SHORTEST) return
    this.#secrets.add(secret)
    // as JSON writes it
    this.#secrets.add(JSON.stringify(secret).slice(1, -1))
  }

  /** Learns a PEM block, and its lines, since they may be quoted apart. */
  addPem(pem: string | null | undefined): void {
    if (!pem) return
    this.add(pem.trim())
    for (const line of pem.split('\n')) if (line.length >= 32 && !line.startsWith('-----')) this.add(line.trim())
  }

  clean(text: string): string {
    let cleaned = text
    for (const secret of this.#secrets) if (cleaned.includes(secret)) cleaned = cleaned.replaceAll(secret, '[credential]')
    return cleaned
  }
}
