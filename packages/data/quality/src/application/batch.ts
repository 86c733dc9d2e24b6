import { throwIfCancelled } from '../domain/cancellation.ts'
import { QualityError } from '../domain/errors.ts'
import type { Answer, Measure } from '../domain/measure.ts'
import type { TableEngine } from './ports/table-engine.ts'

interface Question {
  readonly measure: Measure
  readonly answer: Promise<Answer>
  readonly resolve: (answer: Answer) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Gathers the questions of many expectations and asks them at once: those of a turn share a scan, equal ones are asked once ever.
 * A fault of one question fails that question only.
 */
export class Batch {
  readonly #engine: TableEngine
  readonly #signal: AbortSignal | undefined
  readonly #known = new Map<string, Promise<Answer>>()
  #waiting: Array<Question> = []

  constructor(engine: TableEngine, signal: AbortSignal | undefined) {
    this.#engine = engine
    this.#signal = signal
  }

  /** The answer, once those who ask in the same turn have asked too. */
  ask(measure: Measure): Promise<Answer> {
    const key = JSON.stringify(measure, textOfBigint)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    // Those who asked learn of a fault; none is left unheard when they have gone.
    promise.catch(() => undefined)
    this.#known.set(key, promise)
    this.#waiting.push({ measure, answer: promise, resolve, reject })
    // Plans wait for nothing but answers: after a turn of the event loop all of them have asked what they can.
    if (this.#waiting.length === 1) setTimeout(() => void this.#flush())
    return promise
  }

  /** The statement that would run for a measure, in the engine's language. */
  explain(measure: Measure): Promise<ReadonlyArray<string>> {
    return this.#engine.explain([measure])
  }

  async #flush(): Promise<void> {
    const questions = this.#waiting
    this.#waiting = []
    try {
      const answers = await this.#measure(questions.map(({ measure }) => measure))
      for (const [i, { resolve }] of questions.entries()) resolve(answers[i] ?? null)
    } catch (fault) {
      if (questions.length === 1 || this.#isFinal(fault)) for (const { reject } of questions) reject(fault)
      else await this.#askEach(questions)
    }
  }

  async #askEach(questions: ReadonlyArray<Question>): Promise<void> {
    for (const { measure, resolve, reject } of questions) {
      try {
        const [answer = null] = await this.#measure([measure])
        resolve(answer)
      } catch (fault) {
        reject(fault)
      }
    }
  }

  async #measure(measures: ReadonlyArray<Measure>): Promise<ReadonlyArray<Answer>> {
    throwIfCancelled(this.#signal)
    return this.#engine.measure(measures, { signal: this.#signal })
  }

  #isFinal(fault: unknown): boolean {
    return this.#signal?.aborted === true || (QualityError.is(fault) && fault.code === 'quality/cancelled')
  }
}

function textOfBigint(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)) ? `${value}n` : value
}
