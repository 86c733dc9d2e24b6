/** Who is told of changes that this process made.. */
export class Listeners<Args extends ReadonlyArray<unknown>> {
  readonly #listeners = new Set<(...args: Args) => void>()

  /** Answers how to stop it. */
  readonly add = (listener: (...args: Args) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Tells all, after the turn. */
  tell(...args: Args): void {
    for (const listener of this.#listeners) setImmediate(() => listener(...args))
  }
}
