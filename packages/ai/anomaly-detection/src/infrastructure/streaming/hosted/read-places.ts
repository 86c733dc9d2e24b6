/** A result, and where its line begins in its file. */
export interface ReadPlace {
  readonly number: number
  readonly offset: number
}

const MOST = 1000 // readers that go on where they were without a search

/** Remembers where readers stopped. */
export class ReadPlaces {
  readonly #offsets = new Map<number, number>() // the one kept last comes last

  keep({ number, offset }: ReadPlace): void {
    this.#offsets.delete(number)
    this.#offsets.set(number, offset)
    const [oldest] = this.#offsets.keys()
    if (this.#offsets.size > MOST && oldest !== undefined) this.#offsets.delete(oldest)
  }

  /** Where to read from for a result of the file that begins with `start`: its own place, or the beginning. */
  before(number: number, start: number): ReadPlace {
    const offset = number === start ? 0 : this.#offsets.get(number)
    return offset === undefined ? { number: start, offset: 0 } : { number, offset }
  }
}
