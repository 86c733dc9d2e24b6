/** How much of the process shadows may take. */
export interface ShadowLimits {
  /** Shadow predictions under way at once; more are dropped and counted. 16 when absent. */
  readonly mostRunning?: number
  /** Milliseconds after which one counts as failed; 30,000 when absent. */
  readonly timeoutMs?: number
}

/** Runs work that no caller waits for, a little at a time. */
export class ShadowRunner {
  readonly #mostRunning: number
  readonly #running = new Set<Promise<unknown>>()
  #dropped = 0

  constructor({ mostRunning = 16 }: ShadowLimits = {}) {
    this.#mostRunning = mostRunning
  }

  /** Inputs that shadows did not see because too many were under way. */
  get dropped(): number {
    return this.#dropped
  }

  /** Starts the work after the caller has gone on. @param work - counts its failures itself: what it throws ends here */
  run(work: () => Promise<unknown>): void {
    if (this.#running.size >= this.#mostRunning) {
      this.#dropped += 1
      return
    }
    const running = nextTurn()
      .then(work)
      .catch(() => undefined)
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  /** Waits for what is under way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running)
  }
}

/** A predictor that computes at once would hold up the caller's answer if it began in the same turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
