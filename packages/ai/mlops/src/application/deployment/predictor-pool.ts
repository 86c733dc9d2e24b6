import { within } from '../events/within.ts'
import type { Predictor, PredictorSource } from '../ports/predictor-source.ts'

/** What answers no sooner is not waited for, and not closed. */
const LONGEST_ANSWER_MS = 60_000

interface Entry {
  readonly loading: Promise<Predictor>
  readonly running: Set<Promise<unknown>>
}

/** Predictors by version, each loaded once, when it is first asked, and closed after its last answer. */
export class PredictorPool {
  readonly #source: PredictorSource
  readonly #entries = new Map<string, Entry>()

  constructor(source: PredictorSource) {
    this.#source = source
  }

  /** Asks the version. A failed load is tried again by the next caller. */
  async ask(name: string, version: string, input: unknown): Promise<unknown> {
    const { loading, running } = this.#entry(name, version)
    const answer = loading.then(async (predictor) => predictor.predict(input))
    running.add(answer)
    try {
      return await answer
    } finally {
      running.delete(answer)
    }
  }

  /** Closes predictors that are not among the ones in use. Rejects with the first failure, after all were tried. */
  async keepOnly(inUse: ReadonlySet<string>): Promise<void> {
    const idle = [...this.#entries].filter(([key]) => !inUse.has(key))
    for (const [key] of idle) this.#entries.delete(key)
    const closed = await Promise.allSettled(idle.map(async ([, entry]) => closeEntry(entry)))
    const failed = closed.find((outcome) => outcome.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  #entry(name: string, version: string): Entry {
    const key = `${name}/${version}`
    const known = this.#entries.get(key)
    if (known !== undefined) return known
    const entry: Entry = { loading: this.#source.load({ name, version }), running: new Set() }
    this.#entries.set(key, entry)
    entry.loading.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
    })
    return entry
  }
}

async function closeEntry({ loading, running }: Entry): Promise<void> {
  await within(LONGEST_ANSWER_MS, () => Promise.allSettled(running))
  const predictor = await loading.catch(() => undefined) // what did not load has nothing to close, and told its callers
  await predictor?.close?.()
}
