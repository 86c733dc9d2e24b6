import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { RowExplanation } from '../../domain/explanation/explanation.ts'
import type { Model } from '../../domain/model.ts'
import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { ExplainResults } from '../explain-results.ts'
import type { ModelSummary } from '../ports/model-repository.ts'
import type { KeptResult } from '../ports/result-store.ts'
import type { Table } from '../ports/table-reader.ts'
import { readDataset } from '../read-dataset.ts'
import type { ModelChoice } from '../score-with-model.ts'
import { pickRows } from './pick-rows.ts'

/** What explaining a kept result needs. */
export interface ExplainKeptDeps {
  /** Opens a kept data set; rejects where it is not kept any more. */
  readonly openDataset: (id: string) => Promise<Table>
  /** @throws AnomalyDetectionError `unknown-model` */
  readonly describe: (choice: ModelChoice) => Promise<ModelSummary>
  readonly explain: (...given: Parameters<ExplainResults['execute']>) => Promise<{
    readonly explanations: ReadonlyArray<RowExplanation>
  }>
  readonly signal?: AbortSignal | undefined
}

type Kept = Pick<KeptResult, 'info' | 'fitted' | 'pick'>

const BACKGROUND_ROWS = 2000

/**
 * Says why rows of a kept result score as they do: by its model or the detector that was kept with it, which read the data set
 * once and hold some of its rows, or else by its detector, fitted once more to the same data.
 * @param rows - 0-based, of the data set
 * @throws AnomalyDetectionError `data-gone`, `unsuitable-method` for series, `row-out-of-range`, and as `ExplainResults`
 */
export async function explainKept(
  kept: Kept,
  rows: ReadonlyArray<number>,
  deps: ExplainKeptDeps,
): Promise<ReadonlyArray<RowExplanation>> {
  const { dataset, series, model: choice, parameters } = kept.info
  const { id } = dataset
  if (series !== undefined) throw ofSeries()
  if (id === null) throw gone('the data set was not kept')
  if (parameters['combine'] === 'stack') throw gone('the known rows that stack learned from were not kept')
  await checkScored(kept, rows)
  if (choice !== undefined) {
    const model = await deps.describe(choice)
    return explainByModel(kept, rows, { ...deps, model }, await deps.openDataset(id))
  }
  const fitted = kept.info.options.missing === 'median' ? undefined : await kept.fitted() // a median is one of all rows
  if (fitted === undefined) return explainByFit(kept, rows, deps, await deps.openDataset(id))
  return explainByModel(kept, rows, { ...deps, ...explainerOf(fitted) }, await deps.openDataset(id))
}

// The rows, and as many others as tell what is usual, drawn by lot from all parts of the data.
async function explainByModel(
  { info }: Kept,
  rows: ReadonlyArray<number>,
  { model, explain, signal }: Pick<ExplainKeptDeps, 'explain' | 'signal'> & { readonly model: ModelSummary },
  table: Table,
): Promise<ReadonlyArray<RowExplanation>> {
  const { features, encodings, name, version } = model
  const sorted = rows.toSorted((a, b) => a - b)
  const [chosen, usual] = await pickRows(table, [sorted, sampleOf(info.rows, info.options.seed)] as const, signal)
  checkTotal(info.rows, chosen.total)
  const reading = { columns: encodings.length > 0 ? info.columns : features, encodings }
  const { dataset } = await readDataset(chosen.table, reading)
  const background = (await readDataset(usual.table, { ...reading, missing: info.options.missing })).dataset
  const { explanations } = await explain(
    { ...dataset, sourceRows: Int32Array.from(sorted) },
    {
      model: { name, version, threshold: info.threshold ?? undefined },
      background,
      explanation: { rows },
      signal,
    },
  )
  return explanations
}

async function explainByFit(
  { info }: Kept,
  rows: ReadonlyArray<number>,
  { explain, signal }: ExplainKeptDeps,
  table: Table,
): Promise<ReadonlyArray<RowExplanation>> {
  const { algorithm, parameters, threshold, columns, options } = info
  const { seed, standardize, encode, missing } = options
  const { dataset, sourceRows } = await readDataset(table, { columns, encode, missing, shared: true })
  checkTotal(info.rows, sourceRows)
  const policy = threshold === null ? undefined : ({ kind: 'fixed', value: threshold } as const)
  const normalize = standardize === true ? ('z-score' as const) : undefined
  const detection = { detector: algorithm, parameters, threshold: policy, seed, normalize }
  return (await explain(dataset, { detection, explanation: { rows }, signal })).explanations
}

function sampleOf(rows: number, seed = 0): ReadonlyArray<number> {
  const random = seededRandom(seed)
  const count = Math.min(rows, BACKGROUND_ROWS)
  return Array.from({ length: count }, (_, at) => Math.floor(((at + random()) * rows) / count))
}

// Nobody is told of it: the detection has been.
function explainerOf(model: Model): { readonly model: Model; readonly explain: ExplainKeptDeps['explain'] } {
  const none = async (): Promise<never> => Promise.reject(new Error('there is but one model here'))
  const explaining = new ExplainResults({
    models: { find: async () => model, list: async () => [model], save: none, remove: none },
    events: { publish: async () => undefined },
    clock: { now: () => 0, monotonicMs: () => 0 },
    ids: { next: () => model.id },
  })
  return { model, explain: (dataset, options) => explaining.execute(dataset, options) }
}

async function checkScored({ info, pick }: Kept, rows: ReadonlyArray<number>): Promise<void> {
  const scores = await pick('score', rows)
  const at = scores.findIndex(Number.isNaN)
  const row = rows[at]
  if (row === undefined) return
  const message =
    row < info.rows
      ? `row ${row} was left out, as it lacks a value`
      : `there is no row ${row}; rows are numbered from 0 to ${info.rows - 1}`
  throw new AnomalyDetectionError('anomaly-detection/row-out-of-range', message, { row })
}

function checkTotal(before: number, now: number): void {
  if (now !== before) throw gone(`the data set has ${now} rows now, and had ${before}`)
}

function ofSeries(): AnomalyDetectionError {
  const message = 'a row of a series is explained by what was expected there: see its expected, lower and upper'
  return new AnomalyDetectionError('anomaly-detection/unsuitable-method', message)
}

function gone(message: string): AnomalyDetectionError {
  return new AnomalyDetectionError('anomaly-detection/data-gone', message)
}
