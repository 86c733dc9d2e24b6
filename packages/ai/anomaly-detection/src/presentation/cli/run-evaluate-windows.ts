import {
  evaluateSeries,
  type LabelledSeries,
  type SeriesEvaluation,
} from '../../application/evaluation/evaluate-series.ts'
import { type ParametersById, seriesScorerOf } from '../../application/evaluation/series-scorer.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { DetectionCommandContext, OutputColumn, OutputRecords } from './command-context.ts'
import type { EvaluateFlags } from './command-flags.ts'
import { readLabelledSeries, readWindows } from './read-labelled-series.ts'

// Of streams, their scores comparable between series.
const DEFAULT_DETECTORS: ReadonlyArray<string> = [
  'metric-alerts',
  'metric-level',
  'rcf+anomaly-likelihood',
  'half-space-trees+anomaly-likelihood',
  'robust-z-score+anomaly-likelihood',
  'z-score+anomaly-likelihood',
]

const FIGURES: ReadonlyArray<OutputColumn & { readonly name: keyof SeriesEvaluation }> = [
  { name: 'detector', kind: 'text' },
  { name: 'causal', kind: 'integer' },
  { name: 'nab', kind: 'number' },
  { name: 'nabLowFp', kind: 'number' },
  { name: 'nabLowFn', kind: 'number' },
  { name: 'threshold', kind: 'number' },
  { name: 'vusPr', kind: 'number' },
  { name: 'vusRoc', kind: 'number' },
  { name: 'rangePrecision', kind: 'number' },
  { name: 'rangeRecall', kind: 'number' },
  { name: 'detected', kind: 'number' },
  { name: 'delay', kind: 'number' },
  { name: 'falseAlarms', kind: 'integer' },
  { name: 'windows', kind: 'integer' },
  { name: 'series', kind: 'integer' },
  { name: 'rows', kind: 'integer' },
]

/** Runs `evaluate FILE... --windows FILE --time COLUMN`: a line a detector, all files being one corpus. */
export async function runEvaluateWindows(
  paths: ReadonlyArray<string>,
  windowsPath: string,
  flags: EvaluateFlags,
  parameters: ParametersById,
  context: DetectionCommandContext,
): Promise<void> {
  refuseOthers(flags)
  if (flags.time === undefined) {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-options',
      '--windows are times: name the column of times with --time',
      { option: 'time' },
    )
  }
  const settings = await context.settings()
  const seed = flags.seed ?? settings.seed ?? 0
  const scorers = (flags.detectors ?? DEFAULT_DETECTORS).map((id) => seriesScorerOf(id, parameters, seed))
  const windows = await readWindows(windowsPath, context)
  const corpus: LabelledSeries[] = []
  for (const path of paths) corpus.push(await readLabelledSeries(path, flags, windows, context))
  try {
    const evaluations = await evaluateSeries(corpus, scorers, {
      signal: context.signal,
      onProgress: (detector, series) => context.progress(`scoring ${series} with ${detector}`),
    })
    context.progress(undefined)
    await context.print(recordsOf(evaluations), { format: flags.format, file: flags.output })
  } finally {
    context.progress(undefined)
  }
}

// Flags of the other way to evaluate, which this one would pass over in silence.
function refuseOthers(flags: EvaluateFlags): void {
  const others = ['label', 'encode', 'missing', 'standardize', 'track', 'combine', 'unify', 'weights'] as const
  const given = others.find((name) => flags[name] !== undefined)
  if (given === undefined) return
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-options',
    `--${given} does not go with --windows: series are scored as they are, against windows of time`,
    { option: given },
  )
}

function recordsOf(evaluations: ReadonlyArray<SeriesEvaluation>): OutputRecords {
  const rows = evaluations.map((one) => FIGURES.map(({ name }) => (name === 'causal' ? Number(one.causal) : one[name])))
  return { columns: FIGURES, rows }
}
