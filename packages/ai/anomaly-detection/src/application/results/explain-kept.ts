import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { RowExplanation } from '../../domain/explanation/explanation.ts'
import type { ExplainResults } from '../explain-results.ts'
import type { ModelSummary } from '../ports/model-repository.ts'
import type { KeptResult } from '../ports/result-store.ts'
import type { Table } from '../ports/table-reader.ts'
import { readDataset, type ReadDatasetOptions } from '../read-dataset.ts'
import type { ModelChoice } from '../score-with-model.ts'

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

/**
 * Says why rows of a kept result score as they do: by its model, or by its detector, fitted once more to the same data.
 * @param rows - 0-based, of the data set
 * @throws AnomalyDetectionError `data-gone`, and as `ExplainResults`
 */
export async function explainKept(
  { info }: Pick<KeptResult, 'info'>,
  rows: ReadonlyArray<number>,
  { openDataset, describe, explain, signal }: ExplainKeptDeps,
): Promise<ReadonlyArray<RowExplanation>> {
  const { dataset, model, algorithm, parameters, options, threshold } = info
  const { id } = dataset
  if (id === null) throw gone('the data set was not kept')
  if (parameters['combine'] === 'stack') throw gone('the known rows that stack learned from were not kept')
  const read = async (reading: ReadDatasetOptions) =>
    (await readDataset(await openDataset(id), { ...reading, missing: options.missing, shared: true })).dataset
  if (model !== undefined) {
    const { encodings, features } = await describe(model)
    const columns = (encodings?.length ?? 0) > 0 ? info.columns : features
    const cut = { ...model, threshold: threshold ?? undefined }
    const scored = await read({ columns, encodings })
    return (await explain(scored, { model: cut, explanation: { rows }, signal })).explanations
  }
  const { seed, standardize, encode } = options
  const policy = threshold === null ? undefined : ({ kind: 'fixed', value: threshold } as const)
  const normalize = standardize === true ? ('z-score' as const) : undefined
  const detection = { detector: algorithm, parameters, threshold: policy, seed, normalize }
  const fitted = await read({ columns: info.columns, encode })
  return (await explain(fitted, { detection, explanation: { rows }, signal })).explanations
}

function gone(message: string): AnomalyDetectionError {
  return new AnomalyDetectionError('anomaly-detection/data-gone', message)
}
