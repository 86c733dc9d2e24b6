import { configureDetector, detectorIds, detectorsFor } from '../../application/catalogue/catalogue.ts'
import type { DetectorEvaluation } from '../../application/evaluate-detectors.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { EvaluateFlags } from './command-flags.ts'
import type { DetectionWork } from './detection-work.ts'
import { type EvaluatedDetectors, withEnsemble } from './evaluated-detectors.ts'
import { evaluationRecords, type FileEvaluations } from './evaluation-records.ts'
import { inFileTerms } from './in-file-terms.ts'
import { readFile } from './read-file.ts'

/** Runs `evaluate FILE... --label COLUMN`: a line a detector, and for several files a line a detector and file, and means. */
export async function runEvaluate(
  paths: ReadonlyArray<string>,
  flags: EvaluateFlags,
  context: DetectionCommandContext,
): Promise<void> {
  const settings = await context.settings()
  const byDetector = parametersByDetector(flags.param ?? {})
  if (flags.windows !== undefined) {
    const { runEvaluateWindows } = await import('./run-evaluate-windows.ts')
    await runEvaluateWindows(paths, flags.windows, flags, byDetector, context)
    return
  }
  if (flags.time !== undefined) {
    throw new AnomalyDetectionError('anomaly-detection/invalid-options', '--time goes with --windows alone', {
      option: 'time',
    })
  }
  const names = flags.detectors ?? ['all']
  const named = names.includes('all') ? undefined : withEnsemble({ detectors: names, parameters: byDetector }, flags)
  refuseWrong(named ?? { detectors: [], parameters: byDetector })
  const work = await context.work(flags)
  const seed = flags.seed ?? settings.seed
  const startedAt = Date.now()
  const evaluated: FileEvaluations[] = []
  for (const path of paths) {
    const inFile = paths.length === 1 ? '' : ` of ${path} (file ${evaluated.length + 1} of ${paths.length})`
    const evaluations = await evaluateFile({ path, inFile, named, byDetector, seed }, flags, work, context)
    evaluated.push({ path, evaluations })
  }
  if (flags.track !== undefined && context.tracking !== undefined) {
    const experiment = flags.track === true ? undefined : flags.track
    const kept = await context.tracking.evaluation({ experiment, startedAt, files: evaluated })
    context.note(`tracked as run ${kept.runId} of ${kept.experiment}`, 'asked')
  }
  await context.print(evaluationRecords(evaluated), { format: flags.format, file: flags.output })
}

interface FileWork {
  readonly path: string
  /** For progress and notes, where there are several. */
  readonly inFile: string
  /** Undefined for all. */
  readonly named: EvaluatedDetectors | undefined
  readonly byDetector: EvaluatedDetectors['parameters']
  readonly seed: number | undefined
}

async function evaluateFile(
  { path, inFile, named, byDetector, seed }: FileWork,
  flags: EvaluateFlags,
  work: DetectionWork,
  context: DetectionCommandContext,
): Promise<ReadonlyArray<DetectorEvaluation>> {
  const { dataset, labels = new Uint8Array(dataset.rows) } = await readFile(path, flags, context)
  const practical = { detectors: detectorsFor(dataset.rows), parameters: byDetector }
  const { detectors, parameters } = named ?? withEnsemble(practical, flags)
  const leftOut = named === undefined ? detectorIds.filter((id) => !detectors.includes(id)) : []
  if (leftOut.length > 0) {
    context.note(
      `${leftOut.join(', ')} would take minutes on so many rows${inFile} and are left out; name them to run them`,
      'warning',
    )
  }
  context.progress(`evaluating ${detectors.join(', ')} on ${dataset.rows.toLocaleString('en-US')} rows${inFile}`)
  try {
    return await work.evaluate(dataset, labels, {
      detectors,
      parameters,
      seed,
      standardize: flags.standardize,
      onProgress: (id, done, total) => context.progress(`evaluating ${id} (${done + 1} of ${total})${inFile}`),
    })
  } catch (error) {
    throw AnomalyDetectionError.is(error) ? inFileTerms(error, path) : error
  } finally {
    context.progress(undefined)
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
