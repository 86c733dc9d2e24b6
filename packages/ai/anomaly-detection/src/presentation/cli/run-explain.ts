import type { ExplanationOptions } from '../../application/explanation/explanation-options.ts'
import type { Dataset } from '../../domain/dataset.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { ExplainFlags } from './command-flags.ts'
import { detectionOptionsOf } from './detection-settings.ts'
import type { DetectionWork, Explained } from './detection-work.ts'
import type { ReadingFlags } from './flags.ts'
import { inFileTerms } from './in-file-terms.ts'
import { isStacking, requireLabels, withKnownRows } from './known-rows.ts'
import { printExplained } from './print-explained.ts'
import { readFile } from './read-file.ts'
import { readForModel } from './read-for-model.ts'
import { refuseUnsuitable } from './unsuitable-method.ts'

/** Runs `explain FILE`. */
export async function runExplain(path: string, flags: ExplainFlags, context: DetectionCommandContext): Promise<void> {
  if (flags.method === 'permutation' && flags.row !== undefined) throw rowsOfPermutation()
  const work = await context.work(flags)
  const run = flags.model === undefined ? explainFitted : explainWithModel
  const explained = await run(path, flags, work, context)
  context.progress(undefined)
  await printExplained(explained, { format: flags.format, file: flags.output }, context)
}

async function explainFitted(
  path: string,
  flags: ExplainFlags,
  work: DetectionWork,
  context: DetectionCommandContext,
): Promise<Explained> {
  const settings = await context.settings()
  requireLabels(flags)
  const options = detectionOptionsOf(flags, settings)
  refuseUnsuitable(flags.method ?? 'auto', options.detector)
  const stacking = isStacking(flags)
  const { dataset, labels } = await readFile(path, { ...flags, unlabelled: stacking }, context)
  const background = await backgroundOf(flags, (file) => readFile(file, asRead(flags, dataset), context))
  const learning = stacking ? withKnownRows(options, labels ?? new Uint8Array(), path, context) : options
  context.progress(`explaining ${flags.detector ?? settings.detector ?? 'iforest'}`)
  return inTermsOf(path, () =>
    work.explain(dataset, {
      detection: { ...learning, standardize: flags.standardize },
      explanation: explanationOf(flags),
      background,
      labels: stacking ? undefined : labels,
    }),
  )
}

async function explainWithModel(
  path: string,
  flags: ExplainFlags,
  work: DetectionWork,
  context: DetectionCommandContext,
): Promise<Explained> {
  const model = await work.describe(flags.model ?? { name: '' })
  const { threshold } = flags
  if (threshold !== undefined && threshold.kind !== 'fixed') throw policyOfModel()
  refuseUnsuitable(flags.method ?? 'auto', model.algorithm)
  const { dataset, labels } = await readForModel(path, model, flags, context)
  const { label: _, ...reading } = flags
  const background = await backgroundOf(flags, (file) => readForModel(file, model, reading, context))
  context.progress(`explaining ${model.name}@${model.version}`)
  return inTermsOf(path, () =>
    work.explain(dataset, {
      model: { name: model.name, version: model.version, threshold: threshold?.value },
      explanation: explanationOf(flags),
      background,
      labels,
    }),
  )
}

async function backgroundOf(
  { background }: ExplainFlags,
  read: (path: string) => Promise<{ readonly dataset: Dataset }>,
): Promise<Dataset | undefined> {
  return background === undefined ? undefined : (await read(background)).dataset
}

// The background is encoded as the file is, and needs no labels.
function asRead({ label: _, encode, ...reading }: ExplainFlags, { encodings = [] }: Dataset): ReadingFlags {
  return { ...reading, ...(encodings.length > 0 ? { encodings } : encode && { encode }) }
}

function explanationOf({ row, top, method, samples, counterfactual }: ExplainFlags): ExplanationOptions {
  return {
    rows: row?.map((number) => number - 1),
    limit: top ?? 1,
    method,
    samples,
    counterfactual: counterfactual ? undefined : false,
  }
}

const ABOUT_THE_FILE: ReadonlyArray<unknown> = [
  'anomaly-detection/row-out-of-range',
  'anomaly-detection/background-too-small',
]

async function inTermsOf(path: string, explain: () => Promise<Explained>): Promise<Explained> {
  try {
    return await explain()
  } catch (error) {
    const isAboutFile = AnomalyDetectionError.is(error) && ABOUT_THE_FILE.includes(error.code)
    throw isAboutFile ? inFileTerms(error, path === '-' ? 'the standard input' : path) : error
  }
}

function rowsOfPermutation(): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/unsuitable-method',
    '--method permutation tells of the detector as a whole, not of single rows: leave --row out, or take another method',
    { method: 'permutation' },
  )
}

function policyOfModel(): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/invalid-options',
    "with --model a --threshold is a score; a policy such as mad is one of the model's fit",
    { option: 'threshold' },
  )
}
