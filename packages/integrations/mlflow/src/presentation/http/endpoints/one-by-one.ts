/** Work on the same thing one after the other, for what reads, changes and writes back. */
export class OneByOne {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Starts when what was asked before for this key has ended, well or not. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve()
    const result = before.then(work, work)
    this.#last.set(key, result)
    const forget = (): void => {
      if (this.#last.get(key) === result) this.#last.delete(key)
    }
    result.then(forget, forget)
    return result
  }
}
