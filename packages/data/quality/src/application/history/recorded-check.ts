import type { Suite } from '../../domain/expectation.ts'
import { keptResult, type KeptResult } from '../../domain/history/kept-result.ts'
import type { EventPublisher } from '../ports/event-publisher.ts'
import type { ResultsStore } from '../ports/results-store.ts'
import type { TableEngine } from '../ports/table-engine.ts'
import { qualityAnalyzed } from '../quality-event.ts'
import { validate, type ValidateOptions } from '../validate.ts'

/** What a recorded check needs from the world. */
export interface RecordedCheckDeps {
  readonly results: ResultsStore
  readonly events?: EventPublisher | undefined
  /** Unique for every call. */
  readonly newId: () => string
  /** Makes of a result what is kept: `maskedResult`, where values of people are not to be stored. Default: all of it. */
  readonly beforeKeeping?: ((result: KeptResult) => KeptResult) | undefined
}

/** How it is run. */
export interface RecordedCheckOptions extends Omit<ValidateOptions, 'rowCountHistory'> {
  /** What the results of this table are kept under. Default: the suite's name. */
  readonly dataset?: string | undefined
}

const MOST_RUNS = 100

/** Validates, keeps the result and tells of it. Expectations of volume are judged by the runs that were kept before. */
export class RecordedCheck {
  readonly #deps: RecordedCheckDeps

  constructor(deps: RecordedCheckDeps) {
    this.#deps = deps
  }

  /** @throws QualityError what `validate` and the store throw; whatever the publisher rejects with, when the result is kept */
  async run(suite: Suite, engine: TableEngine, options: RecordedCheckOptions = {}): Promise<KeptResult> {
    const { results, events, newId, beforeKeeping = (result) => result } = this.#deps
    const { dataset = suite.name, ...validation } = options
    const rowCountHistory = async (): Promise<ReadonlyArray<number>> =>
      (await results.list({ dataset, limit: MOST_RUNS })).map(({ rows }) => rows).reverse()
    const result = keptResult(newId(), dataset, await validate(suite, engine, { ...validation, rowCountHistory }))
    await results.append(beforeKeeping(result))
    await events?.publish(qualityAnalyzed(result, newId))
    return result
  }
}
