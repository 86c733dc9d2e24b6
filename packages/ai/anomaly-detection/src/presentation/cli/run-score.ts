import type { ModelSummary } from '../../application/ports/model-repository.ts'
import { encodedFeatures } from '../../domain/column-encoding.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { ScoreFlags } from './command-flags.ts'
import { printDetection } from './print-detection.ts'
import { readFile } from './read-file.ts'

/** Runs `score FILE --model NAME`: reads only the columns that the model was made of. */
export async function runScore(path: string, flags: ScoreFlags, context: DetectionCommandContext): Promise<void> {
  const work = await context.work(flags)
  const model = await work.describe(flags.model)
  const settings = await context.settings()
  const columns = sourceColumnsOf(model)
  const missing = flags.missing ?? settings.missing ?? 'reject'
  const read = await readFile(path, { ...flags, missing, columns, encodings: model.encodings }, context).catch(
    (error: unknown) => {
      throw lackingColumn(error, path, model)
    },
  )
  const { dataset, labels, ignored } = read
  if (ignored.length > 0) {
    throw new AnomalyDetectionError(
      'anomaly-detection/feature-mismatch',
      `${path}: ${ignored.join(', ')} held numbers when ${nameOf(model)} was fitted, and text here`,
      { columns: ignored },
    )
  }
  context.progress(`scoring ${dataset.rows.toLocaleString('en-US')} rows`)
  const choice = { name: model.name, version: model.version }
  const detected = await work.score(choice, dataset, { threshold: flags.threshold, labels })
  context.progress(undefined)
  await printDetection(detected, { labels }, flags, { format: flags.format, file: flags.output }, context)
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
