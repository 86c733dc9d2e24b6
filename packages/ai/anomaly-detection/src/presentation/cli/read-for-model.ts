import type { ModelSummary } from '../../application/ports/model-repository.ts'
import type { TableDataset } from '../../application/read-dataset.ts'
import { encodedFeatures } from '../../domain/column-encoding.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { ReadingFlags } from './flags.ts'
import { readFile } from './read-file.ts'

/**
 * Reads a file as a model was made to read it: only the columns that it was fitted on, encoded as then.
 * @throws AnomalyDetectionError `feature-mismatch` where they are not there, or hold text; and as `readFile`
 */
export async function readForModel(
  path: string,
  model: ModelSummary,
  flags: ReadingFlags,
  context: DetectionCommandContext,
): Promise<TableDataset> {
  const settings = await context.settings()
  const columns = sourceColumnsOf(model)
  const missing = flags.missing ?? settings.missing ?? 'reject'
  const read = await readFile(path, { ...flags, missing, columns, encodings: model.encodings }, context).catch(
    (error: unknown) => {
      throw lackingColumn(error, path, model)
    },
  )
  if (read.ignored.length === 0) return read
  throw new AnomalyDetectionError(
    'anomaly-detection/feature-mismatch',
    `${path}: ${read.ignored.join(', ')} held numbers when ${nameOf(model)} was fitted, and text here`,
    { columns: read.ignored },
  )
}

/** The columns of a file that a model's features are made of, in the features' order. */
function sourceColumnsOf({ features, encodings }: ModelSummary): ReadonlyArray<string> {
  const columnOf = new Map(encodings.flatMap((one) => encodedFeatures(one).map((feature) => [feature, one.column])))
  return [...new Set(features.map((feature) => columnOf.get(feature) ?? feature))]
}

// A file without a column that was asked for by name is a mistake of the flags; here it is one of the file.
function lackingColumn(error: unknown, path: string, model: ModelSummary): unknown {
  if (!(error instanceof Error) || !('code' in error) || !String(error.code).endsWith('/unknown-column')) return error
  return new AnomalyDetectionError(
    'anomaly-detection/feature-mismatch',
    `${nameOf(model)} was fitted on ${sourceColumnsOf(model).join(', ')}. ${error.message}`,
    { path, model: model.name },
    error,
  )
}

function nameOf({ name, version }: ModelSummary): string {
  return `${name}@${version}`
}
