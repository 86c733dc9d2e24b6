import {
  type KeptResult,
  maskedValidation,
  QualityError,
  RecordedCheck,
  type RecordedCheckOptions,
  type ResultsStore,
  type Suite,
  type SuitesStore,
  type TableEngine,
} from '@nomaly/data-quality'

import type { DataEvents } from './options.ts'
import type { DataSource } from './sources/data-source.ts'
import type { OpenSource } from './sources/open-source.ts'

/** How a table is checked. */
export interface CheckOptions extends Omit<RecordedCheckOptions, 'tables'> {
  /** Other tables by name, for expectations that compare. */
  readonly tables?: Readonly<Record<string, DataSource>> | undefined
  /** Name of the data, for people; by default what the engine calls it, such as the path. */
  readonly source?: string | undefined
}

/** Checks tables against suites. */
export interface QualityChecks {
  /**
   * Validates a suite, or the newest version of the one that is kept under this name; keeps the result and publishes
   * `nomaly.quality.analyzed`. What is answered is not masked; what is kept is, unless the option `unmask` says otherwise.
   * @throws QualityError `quality/unknown-suite`, what `validate` and the stores throw; what the publisher rejects with
   */
  readonly check: (suite: Suite | string, source: DataSource, options?: CheckOptions) => Promise<KeptResult>
}

/** What checks need. */
export interface QualityChecksDeps {
  readonly open: (source: DataSource, signal?: AbortSignal) => Promise<OpenSource<TableEngine>>
  readonly suites: SuitesStore
  readonly results: ResultsStore
  readonly events: DataEvents
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly newId: () => string
  /** Whether results are kept with values of people. */
  readonly unmask: boolean
}

/** Checks over sources of any kind. */
export function qualityChecksOf(deps: QualityChecksDeps): QualityChecks {
  const { open, suites, results, events, now, newId, unmask } = deps
  const masked = (kept: KeptResult): KeptResult => ({ ...kept, validation: maskedValidation(kept.validation) })
  const recorded = new RecordedCheck({ results, events, newId, beforeKeeping: unmask ? undefined : masked })
  return {
    check: async (suite, source, { tables = {}, source: label, ...options } = {}) => {
      const chosen = typeof suite === 'string' ? await named(suites, suite) : suite
      const opened: Array<OpenSource<TableEngine>> = []
      const openOne = async (one: DataSource): Promise<TableEngine> => {
        const found = await open(one, options.signal)
        opened.push(found)
        return found.engine
      }
      try {
        const engine = await openOne(source)
        const others: Record<string, TableEngine> = {}
        for (const [name, other] of Object.entries(tables)) others[name] = await openOne(other)
        const labelled = label === undefined ? engine : { ...engine, source: label }
        return await recorded.run(chosen, labelled, { now, ...options, tables: others })
      } finally {
        for (const { close } of opened) await close()
      }
    },
  }
}

async function named(suites: SuitesStore, name: string): Promise<Suite> {
  const kept = await suites.get(name)
  if (kept !== undefined) return kept.suite
  const names = (await suites.list()).map(({ suite }) => suite.name)
  throw new QualityError('quality/unknown-suite', `no suite is kept under ${JSON.stringify(name)}`, { name, names })
}
