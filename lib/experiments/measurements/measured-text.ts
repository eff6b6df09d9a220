/** Bytes of a text in UTF-8, as it is and packed with gzip (its default level), piece by piece. */
export interface TextSizes { readonly bytes: number; readonly packed: number }

/** Takes a text in pieces, keeps nothing of it, and tells its sizes at the end. */
export class MeasuredText {
  readonly #encoder = new TextEncoder()
  readonly #stream = new CompressionStream('gzip')
  readonly #writer = this.#stream.writable.getWriter()
  readonly #packed = this.#count()
  #bytes = 0

  async add(text: string): Promise<void> {
    const bytes = this.#encoder.encode(text)
    this.#bytes += bytes.length
    await this.#writer.write(bytes)
  }

  async end(): Promise<TextSizes> {
    await this.#writer.close()
    return { bytes: this.#bytes, packed: await this.#packed }
  }

  async #count(): Promise<number> {
    const reader = this.#stream.readable.getReader()
    let packed = 0
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) packed += piece.value.length
    return packed
  }
}
