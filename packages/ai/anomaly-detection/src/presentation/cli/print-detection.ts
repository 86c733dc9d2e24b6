/** What `detect` and `score` print: the anomalous rows and what stands out in them, or every row. */
import type { TableDataset } from '../../application/read-dataset.ts'
import type { RowExplanation } from '../../domain/explanation/explanation.ts'
import { deviationsOf, type FeatureDeviation } from '../../domain/feature-deviation.ts'
import { countAbove } from '../../domain/ranked-rows.ts'
import type { DetectionCommandContext, OutputColumn, OutputRecords, OutputTarget } from './command-context.ts'
import type { ShownRowsFlags } from './command-flags.ts'
import type { Detected } from './detection-work.ts'
import { detectorText, selectionText } from './detector-text.ts'
import { briefText } from './explanation-text.ts'
import { isOverLimit, shareText } from './fail-limit.ts'
import { rankedAnomalies } from './ranked-anomalies.ts'

const TOP_ON_TERMINAL = 20
const FEATURES_SHOWN = 3

const ROW: OutputColumn = { name: 'row', kind: 'integer' }
const SCORE: OutputColumn = { name: 'score', kind: 'number' }
const CONFIDENCE: OutputColumn = { name: 'confidence', kind: 'number' }
const EXPLANATION: OutputColumn = {
  name: 'explanation',
  kind: 'text',
  text: (value) => briefText(value as RowExplanation), // the cells of this column, made below
}
const STANDS_OUT: OutputColumn = { name: 'stands_out', kind: 'text', text: standsOutText }

/** Prints a detection, sums it up in a note, and sets the exit code where `--fail-on` says so. */
export async function printDetection(
  detected: Detected,
  { labels }: Pick<TableDataset, 'labels'>,
  flags: ShownRowsFlags,
  target: OutputTarget,
  context: DetectionCommandContext,
): Promise<void> {
  const { scores, threshold } = detected
  const anomalies = countAbove(scores, threshold)
  const rows = scores.length
  const limit = flags.top ?? (context.isTerminal(target) ? TOP_ON_TERMINAL : Infinity)
  if (flags.failOn !== undefined && isOverLimit(anomalies, rows, flags.failOn)) context.exitWith(1)
  await context.print(
    flags.all === true
      ? everyRow(detected)
      : anomalousRows(detected, rankedAnomalies(scores, threshold, limit), labels),
    target,
  )
  const shown = flags.all === true || anomalies <= limit ? '' : `; ${limit} are shown (--top N for more)`
  if (detected.selection !== undefined) context.note(selectionText(detected.selection), 'asked')
  context.note(`${summaryOf(detected, anomalies)}${shown}`, 'summary')
  if (labels !== undefined) context.note(qualityText(detected, labels), 'asked')
}

function everyRow({ scores, threshold, confidence, dataset }: Detected): OutputRecords {
  const rows = function* (): Generator<ReadonlyArray<unknown>> {
    for (let i = 0; i < scores.length; i++) {
      const score = scores[i] as number
      const sure = confidence === undefined ? [] : [confidence[i]]
      yield [(dataset.sourceRows?.[i] ?? i) + 1, score, score > threshold ? 1 : 0, ...sure]
    }
  }
  const sure = confidence === undefined ? [] : [CONFIDENCE]
  return { columns: [ROW, SCORE, { name: 'anomaly', kind: 'integer' }, ...sure], rows: rows() }
}

function anomalousRows(
  { scores, confidence, dataset, centers, explanations }: Detected,
  order: Uint32Array,
  labels: Uint8Array | undefined,
): OutputRecords {
  const { data, columns: width, sourceRows } = dataset
  const explained = explanations && new Map(explanations.map((one) => [one.row, { ...one, row: one.row + 1 }]))
  const rows = function* (): Generator<ReadonlyArray<unknown>> {
    for (const i of order) {
      const values = data.subarray(i * width, (i + 1) * width)
      const standsOut = deviationsOf(centers, values, FEATURES_SHOWN)
      const label = labels === undefined ? [] : [labels[i]]
      const sure = confidence === undefined ? [] : [confidence[i]]
      const row = sourceRows?.[i] ?? i
      const why = explained === undefined ? [] : [explained.get(row)]
      yield [row + 1, scores[i], ...sure, ...label, standsOut, ...why]
    }
  }
  const label: ReadonlyArray<OutputColumn> = labels === undefined ? [] : [{ name: 'label', kind: 'integer' }]
  const sure = confidence === undefined ? [] : [CONFIDENCE]
  const why = explained === undefined ? [] : [EXPLANATION]
  return { columns: [ROW, SCORE, ...sure, ...label, STANDS_OUT, ...why], rows: rows() }
}

function standsOutText(value: unknown): string {
  const features = value as ReadonlyArray<FeatureDeviation> // the cells of this column, made above
  return features.map((one) => `${one.feature}=${rounded(one.value)} (${signed(one.deviation)} sd)`).join(', ')
}

function signed(deviation: number): string {
  return `${deviation > 0 ? '+' : '-'}${Math.abs(deviation).toFixed(1)}`
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(6)))
}

function summaryOf({ algorithm, parameters, dataset, threshold, scores }: Detected, anomalies: number): string {
  const { rows, columns } = dataset
  const read = `${count(rows, 'row')}, ${count(columns, 'feature')}`
  return `${read}, ${detectorText(algorithm, parameters)}: ${count(anomalies, 'anomaly', 'anomalies')} (${shareText(anomalies, scores.length)}) scored above ${rounded(threshold)}`
}

function qualityText({ quality, algorithm, parameters }: Detected, labels: Uint8Array): string {
  if (quality === undefined) return `all labels are ${labels[0] ?? 0}: a ranking is measured on rows of both kinds`
  const known = labels.reduce((sum, label) => sum + label, 0)
  const { rocAuc, averagePrecision, precisionAtN } = quality
  return (
    `${detectorText(algorithm, parameters)} against the ${count(known, 'known anomaly', 'known anomalies')}: ROC-AUC ${rocAuc.toFixed(4)}, ` +
    `average precision ${averagePrecision.toFixed(4)}, precision at n ${precisionAtN.toFixed(4)}`
  )
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`
}
