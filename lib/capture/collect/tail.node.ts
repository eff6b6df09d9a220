import { open, stat, type FileHandle } from 'node:fs/promises'
import { AuditweaveError } from '@/lib/audit/errors'

const POLL_MS = 50
const PIECE = 1 << 20
const LONGEST_LINE = 64 << 20
const NEWLINE = 10

/**
 * Follows a log file from where it ends now, as kube-apiserver writes it: it may be renamed and begun anew, or cut to nothing.
 * Gives whole lines alone.
 */
export class Tail {
  #held: Buffer[] = []
  #heldBytes = 0
  #skipping = false
  #position: number
  #timer: NodeJS.Timeout | null = null
  #reading: Promise<void> | null = null
  #stopped = false

  private constructor(private readonly file: string, private handle: FileHandle, position: number, private readonly onLine: (line: string) => void) {
    this.#position = position
  }

  /** @throws AuditweaveError 'cannot-read' */
  static async start(file: string, onLine: (line: string) => void): Promise<Tail> {
    try {
      const handle = await open(file, 'r')
      const tail = new Tail(file, handle, (await handle.stat()).size, onLine)
      tail.#arm()
      return tail
    } catch (error) {
      throw new AuditweaveError('cannot-read', `${file} could not be followed (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): name the file that kube-apiserver writes its audit log into (--audit-log-path).`)
    }
  }

  /** Reads what is there by now. */
  read(): Promise<void> {
    this.#reading ??= this.#catchUp().finally(() => { this.#reading = null })
    return this.#reading
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.read()
    await this.handle.close()
  }

  #arm(): void {
    this.#timer = setTimeout(() => { this.read().catch(() => {}).finally(() => { if (!this.#stopped) this.#arm() }) }, POLL_MS)
  }

  async #catchUp(): Promise<void> {
    const before = await this.handle.stat()
    if (before.size < this.#position) this.#restart()
    await this.#readOn()
    const now = await stat(this.file).catch(() => null)
    if (now === null || now.ino === before.ino) return
    await this.#readOn()
    await this.handle.close()
    this.handle = await open(this.file, 'r')
    this.#restart()
    await this.#readOn()
  }

  #restart(): void {
    this.#position = 0
    this.#held = []
    this.#heldBytes = 0
    this.#skipping = false
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const { bytesRead, buffer } = await this.handle.read(Buffer.allocUnsafe(PIECE), 0, PIECE, this.#position)
      if (bytesRead === 0) return
      this.#position += bytesRead
      this.#take(buffer.subarray(0, bytesRead))
    }
  }

  #take(piece: Buffer): void {
    let from = 0
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, from)) {
      this.#hold(piece.subarray(from, end))
      if (!this.#skipping) this.onLine(Buffer.concat(this.#held).toString('utf8'))
      this.#held = []
      this.#heldBytes = 0
      this.#skipping = false
      from = end + 1
    }
    this.#hold(piece.subarray(from))
  }

  #hold(part: Buffer): void {
    if (part.length === 0 || this.#skipping) return
    this.#held.push(part)
    this.#heldBytes += part.length
    if (this.#heldBytes <= LONGEST_LINE) return
    this.#held = []
    this.#skipping = true
  }
}
