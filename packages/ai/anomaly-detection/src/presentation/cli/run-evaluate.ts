import { configureDetector, detectorIds, detectorsFor } from '../../application/catalogue/catalogue.ts'
import type { DetectorEvaluation } from '../../application/evaluate-detectors.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { DetectionCommandContext, OutputColumn } from './command-context.ts'
import type { EvaluateFlags } from './command-flags.ts'
import { type EvaluatedDetectors, withEnsemble } from './evaluated-detectors.ts'
import { inFileTerms } from './in-file-terms.ts'
import { readFile } from './read-file.ts'

const FIELDS: ReadonlyArray<OutputColumn & { readonly name: keyof DetectorEvaluation }> = [
  { name: 'detector', kind: 'text' },
  { name: 'rocAuc', kind: 'number' },
  { name: 'averagePrecision', kind: 'number' },
  { name: 'precisionAtN', kind: 'number' },
  { name: 'fitMs', kind: 'number' },
  { name: 'scoreMs', kind: 'number' },
  { name: 'fitCpuMs', kind: 'number' },
  { name: 'scoreCpuMs', kind: 'number' },
  { name: 'rows', kind: 'integer' },
  { name: 'features', kind: 'integer' },
]

/** Runs `evaluate FILE --label COLUMN`. */
export async function runEvaluate(path: string, flags: EvaluateFlags, context: DetectionCommandContext): Promise<void> {
  const settings = await context.settings()
  const byDetector = parametersByDetector(flags.param ?? {})
  const names = flags.detectors ?? ['all']
  const named = names.includes('all') ? undefined : withEnsemble({ detectors: names, parameters: byDetector }, flags)
  refuseWrong(named ?? { detectors: [], parameters: byDetector })
  const work = await context.work(flags)
  const { dataset, labels = new Uint8Array(dataset.rows) } = await readFile(path, flags, context)
  const practical = { detectors: detectorsFor(dataset.rows), parameters: byDetector }
  const { detectors, parameters } = named ?? withEnsemble(practical, flags)
  const leftOut = named === undefined ? detectorIds.filter((id) => !detectors.includes(id)) : []
  if (leftOut.length > 0) {
    context.note(
      `${leftOut.join(', ')} would take minutes on so many rows and are left out; name them to run them`,
      'warning',
    )
  }
  const seed = flags.seed ?? settings.seed
  context.progress(`evaluating ${detectors.join(', ')} on ${dataset.rows.toLocaleString('en-US')} rows`)
  try {
    const evaluations = await work.evaluate(dataset, labels, {
      detectors,
      parameters,
      seed,
      standardize: flags.standardize,
      onProgress: (id, done, total) => context.progress(`evaluating ${id} (${done + 1} of ${total})`),
    })
    const rows = evaluations.map((one) => FIELDS.map(({ name }) => one[name]))
    context.progress(undefined)
    await context.print({ columns: FIELDS, rows }, { format: flags.format, file: flags.output })
  } catch (error) {
    throw AnomalyDetectionError.is(error) ? inFileTerms(error, path) : error
  }
}

function refuseWrong({ detectors, parameters }: EvaluatedDetectors): void {
  for (const id of new Set([...detectors, ...Object.keys(parameters)])) configureDetector(id, parameters[id])
}

function parametersByDetector(flat: Readonly<Record<string, unknown>>): EvaluatedDetectors['parameters'] {
  const parameters: Record<string, Record<string, unknown>> = {}
  for (const [key, value] of Object.entries(flat)) {
    const [id = '', name] = key.split('.')
    if (name === undefined) {
      throw new AnomalyDetectionError(
        'anomaly-detection/invalid-options',
        `--param ${key}: say whose parameter it is, such as iforest.${key}=...`,
        { parameter: key },
      )
    }
    parameters[id] = { ...parameters[id], [name]: value }
  }
  return parameters
}
