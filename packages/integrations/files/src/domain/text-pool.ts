const POOL_SIZE = 4096
const INLINE_LENGTH = 12 // V8 copies shorter slices by itself

/**
 * Keeps texts without the buffers they were cut from: a slice of a large string holds the whole of it in memory, so a kept
 * text column would keep the file. Repeated texts become one string.
 */
export class TextPool {
  readonly #texts = new Map<string, string>()

  keep(text: string): string {
    if (text.length <= INLINE_LENGTH) return text
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    const copy = String(JSON.parse(JSON.stringify(text)))
    if (this.#texts.size < POOL_SIZE) this.#texts.set(copy, copy)
    return copy
  }
}
