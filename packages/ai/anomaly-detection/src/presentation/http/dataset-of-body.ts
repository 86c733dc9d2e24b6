import type { ModelRepository } from '../../application/ports/model-repository.ts'
import { readDataset } from '../../application/read-dataset.ts'
import { findModel, type ModelChoice } from '../../application/score-with-model.ts'
import type { ColumnEncoding } from '../../domain/column-encoding.ts'
import { type Cell, datasetFromRecords, datasetFromRows } from '../../domain/dataset-of.ts'
import type { Dataset } from '../../domain/dataset.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { MissingPolicy } from '../../domain/missing-values.ts'
import type { DetectionRoutesDeps } from './detection-deps.ts'

/** The data of a request: rows, or the id of a data set that is kept. */
export interface DataOfBody {
  readonly rows?: ReadonlyArray<unknown> | undefined
  readonly dataset?: string | undefined
  readonly columns?: ReadonlyArray<string> | undefined
  readonly missing?: MissingPolicy | undefined
}

/**
 * The data set that a request means.
 * @param model - whose encodings text columns of a kept data set get
 * @throws AnomalyDetectionError `invalid-options` where it has both or neither, and as `datasetFromRows`, `readDataset`
 */
export async function datasetOfBody(
  { rows, dataset: id, columns, missing = 'reject' }: DataOfBody,
  deps: DetectionRoutesDeps,
  signal: AbortSignal,
  model?: ModelChoice,
): Promise<Dataset> {
  if ((rows === undefined) === (id === undefined)) throw invalid('give either "rows" or the id of a "dataset"', 'rows')
  if (rows !== undefined) return datasetOfRows(rows, columns, missing)
  const { openDataset } = deps
  if (openDataset === undefined) throw invalid('no data sets are kept here; give "rows"', 'dataset')
  const encodings = model === undefined ? undefined : await encodingsOf(model, deps.models)
  const table = await openDataset(id as string, signal) // one of the two is given
  const read = await readDataset(table, { columns, missing, shared: true, ...(encodings && { encodings }) })
  return read.dataset
}

async function encodingsOf(choice: ModelChoice, models: ModelRepository): Promise<ReadonlyArray<ColumnEncoding>> {
  return (await findModel(models, choice)).encodings
}

function datasetOfRows(
  rows: NonNullable<DataOfBody['rows']>,
  features: ReadonlyArray<string> | undefined,
  missing: MissingPolicy,
): Dataset {
  const options = { missing, ...(features && { features }) }
  const isOfLists = Array.isArray(rows[0])
  const other = rows.findIndex((row) => typeof row !== 'object' || row === null || Array.isArray(row) !== isOfLists)
  if (other === 0) throw invalid('row 0 is neither a list nor a record', 'rows.0')
  if (other > 0)
    throw invalid(`row ${other} is not ${isOfLists ? 'a list' : 'a record'} as the rows before it`, `rows.${other}`)
  // the values of each are checked one by one as they are taken over
  if (isOfLists) return datasetFromRows(rows as ReadonlyArray<ReadonlyArray<Cell>>, options)
  return datasetFromRecords(rows as ReadonlyArray<Readonly<Record<string, Cell>>>, options)
}

function invalid(message: string, path: string): AnomalyDetectionError {
  return new AnomalyDetectionError('anomaly-detection/invalid-options', message, { issues: [{ path, message }] })
}
