/** Who wants to hear of which stream. */
export class StreamListeners {
  readonly #listeners = new Map<string, Set<() => void>>()

  /** Answers how to take it away again. */
  add(name: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#listeners.get(name) === listeners) this.#listeners.delete(name)
    }
  }

  tell(name: string): void {
    for (const listener of this.#listeners.get(name) ?? []) listener()
  }
}
