/** What has to be closed, the last opened first. */
export class Closing {
  readonly #closers: Array<() => Promise<void>> = []

  /** Remembers what to do when everything ends. */
  onClose(closer: () => Promise<void>): void {
    this.#closers.push(closer)
  }

  /** Closes all, the last first; one that fails keeps no other from being closed. @throws the first failure */
  async close(): Promise<void> {
    const failures: unknown[] = []
    for (const closer of this.#closers.splice(0).toReversed()) {
      await closer().catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw failures[0]
  }
}
