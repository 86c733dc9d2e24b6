import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { ResultOptions } from '../../domain/results/result-info.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { DetectFlags } from './command-flags.ts'
import { detectionOptionsOf } from './detection-settings.ts'
import type { Detected } from './detection-work.ts'
import { type Keeping, whileKeeping } from './keeping.ts'
import { isStacking, requireLabels, withKnownRows } from './known-rows.ts'
import { printDetection } from './print-detection.ts'
import { readFile } from './read-file.ts'
import { refuseWithoutTime } from './series-only-flags.ts'
import { refuseUnsuitable } from './unsuitable-method.ts'

const EXPLAINED_ROWS = 20

/** Runs `detect FILE`. */
export async function runDetect(path: string, flags: DetectFlags, context: DetectionCommandContext): Promise<void> {
  const settings = await context.settings()
  refuseWithoutTime(flags)
  requireLabels(flags)
  refuseUncutConfidence(flags)
  const options = detectionOptionsOf(flags, settings)
  if (flags.explain !== undefined) refuseUnsuitable(flags.explain, options.detector)
  await whileKeeping(path, flags, context, (keeping) => detectIn(path, flags, options, context, keeping))
}

async function detectIn(
  path: string,
  flags: DetectFlags,
  options: ReturnType<typeof detectionOptionsOf>,
  context: DetectionCommandContext,
  keeping: Keeping | undefined,
): Promise<void> {
  const settings = await context.settings()
  const work = await context.work(flags)
  const stacking = isStacking(flags)
  const read = await readFile(path, { ...flags, unlabelled: stacking }, context, keeping?.source)
  const { dataset } = read
  context.progress(
    `${flags.detector ?? settings.detector ?? 'iforest'} on ${dataset.rows.toLocaleString('en-US')} rows`,
  )
  // what was learned from says nothing when it is compared with
  const labels = stacking ? undefined : read.labels
  const learning = stacking ? withKnownRows(options, read.labels ?? new Uint8Array(), path, context) : options
  const { standardize, confidence } = flags
  const explained = flags.top ?? EXPLAINED_ROWS
  const explanation = explained > 0 && flags.explain ? { method: flags.explain, limit: explained } : undefined
  const detected = await work.detect(dataset, { ...learning, standardize, labels, confidence, explanation })
  context.progress(undefined)
  await printDetection(detected, { labels }, flags, { format: flags.format, file: flags.output }, context)
  const encode = flags.encode ?? settings.encode
  const missing = flags.missing ?? settings.missing
  await keeping?.keepTable(detected, read, {
    ...cutOf(options, detected),
    seed: options.seed,
    missing,
    encode,
    standardize,
  })
}

// A cut by the spread of the scores is kept as the score that it came to.
function cutOf(
  { contamination, threshold }: ReturnType<typeof detectionOptionsOf>,
  detected: Pick<Detected, 'threshold'>,
): Pick<ResultOptions, 'contamination' | 'threshold'> {
  return { contamination, threshold: threshold && detected.threshold }
}

function refuseUncutConfidence({ confidence, threshold }: DetectFlags): void {
  if (confidence !== true || threshold === undefined) return
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-options',
    '--confidence is about predictions cut by a share of the rows: give --contamination instead of --threshold',
    { option: 'confidence' },
  )
}
