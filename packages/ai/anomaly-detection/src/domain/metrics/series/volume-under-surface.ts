/**
 * VUS-ROC and VUS-PR: the areas under the ROC and precision-recall curves, with labels that fade out over a buffer around each
 * window, averaged over all lengths of the buffer.
 * Source: J. Paparrizos et al. (2022), Volume under the surface, PVLDB 15(11), in the form of the TSB-AD benchmark: Q. Liu,
 * J. Paparrizos (2024), The elephant in the room, NeurIPS.
 */
import { AnomalyDetectionError } from '../../errors.ts'
import { argsort } from '../../numeric/argsort.ts'
import { countPositives } from '../labels.ts'
import { type LabelSpan, spansOf } from './label-span.ts'

const THRESHOLDS = 250

/** The two volumes, each in [0, 1]; 1 is a perfect ranking. */
export interface VolumeUnderSurface {
  readonly vusRoc: number
  readonly vusPr: number
}

/**
 * In O(n log n + L (m + n')), n' rows near one of m windows.
 * @param scores - shape (n), finite, higher is more anomalous
 * @param labels - shape (n), 0 normal, anything else an anomaly
 * @param maxBuffer - L >= 0, the longest buffer in rows; TSB-AD takes the period of the series, see `vusBufferOf`
 * @throws AnomalyDetectionError `shape-mismatch`, `invalid-label` where one class is absent, `invalid-parameters`
 */
export function volumeUnderSurface(scores: Float64Array, labels: Uint8Array, maxBuffer: number): VolumeUnderSurface {
  const positives = countPositives(scores, labels)
  if (!Number.isSafeInteger(maxBuffer) || maxBuffer < 0) {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-parameters',
      `a longest buffer of ${maxBuffer} rows; it is a whole number from 0`,
    )
  }
  const { steps, predicted } = stepsOf(scores)
  const spans = spansOf(labels)
  const curve: Curve = { steps, predicted, labels, positives, labelled: sumByStep(steps, labels) }
  const faded = new Float64Array(scores.length)
  let vusRoc = 0
  let vusPr = 0
  for (let buffer = 0; buffer <= maxBuffer; buffer++) {
    const areas = areasOf(buffer, spans, curve, faded)
    vusRoc += areas.vusRoc
    vusPr += areas.vusPr
  }
  return { vusRoc: vusRoc / (maxBuffer + 1), vusPr: vusPr / (maxBuffer + 1) }
}

interface Curve {
  /** Shape (n): the first, that is the highest, threshold at which a row is predicted. */
  readonly steps: Uint8Array
  /** Shape (THRESHOLDS): rows predicted at each threshold. */
  readonly predicted: Float64Array
  readonly labels: Uint8Array
  readonly positives: number
  /** Shape (THRESHOLDS): labelled rows first predicted at each threshold. */
  readonly labelled: Float64Array
}

function stepsOf(scores: Float64Array): Pick<Curve, 'steps' | 'predicted'> {
  const n = scores.length
  const order = argsort(scores)
  const steps = new Uint8Array(n)
  const predicted = new Float64Array(THRESHOLDS)
  let taken = 0
  for (let step = 0; step < THRESHOLDS; step++) {
    const position = Math.trunc(step === THRESHOLDS - 1 ? n - 1 : step * ((n - 1) / (THRESHOLDS - 1)))
    const threshold = scores[order[n - 1 - position] as number] as number
    while (taken < n && (scores[order[n - 1 - taken] as number] as number) >= threshold) {
      steps[order[n - 1 - taken] as number] = step
      taken++
    }
    predicted[step] = taken
  }
  return { steps, predicted }
}

function sumByStep(steps: Uint8Array, labels: Uint8Array): Float64Array {
  const sums = new Float64Array(THRESHOLDS)
  for (let row = 0; row < labels.length; row++) {
    const step = steps[row] as number
    if (labels[row] !== 0) sums[step] = (sums[step] as number) + 1
  }
  return sums
}

function areasOf(
  buffer: number,
  spans: ReadonlyArray<LabelSpan>,
  { steps, predicted, labels, positives, labelled }: Curve,
  faded: Float64Array,
): VolumeUnderSurface {
  const n = labels.length
  const segments = segmentsOf(spans, buffer >> 1, n)
  const fadedSums = fadedByStep(buffer, spans, segments, labels, steps, faded)
  const found = new Float64Array(THRESHOLDS)
  for (const { first, last } of segments) {
    let step = THRESHOLDS
    for (let row = first; row <= last; row++) step = Math.min(step, steps[row] as number)
    found[step] = (found[step] as number) + 1
  }
  let truth = 0
  let extra = 0
  let existing = 0
  let tpr = 0
  let fpr = 0
  let vusRoc = 0
  let vusPr = 0
  for (let step = 0; step < THRESHOLDS; step++) {
    extra += fadedSums[step] as number
    truth += (labelled[step] as number) + (fadedSums[step] as number)
    existing += found[step] as number
    const all = predicted[step] as number
    const positiveRows = positives + extra / 2
    const nextTpr = Math.min(truth / positiveRows, 1) * (existing / segments.length)
    const nextFpr = (all - truth) / (n - positiveRows)
    vusRoc += ((nextFpr - fpr) * (tpr + nextTpr)) / 2
    vusPr += (nextTpr - tpr) * (truth / all)
    tpr = nextTpr
    fpr = nextFpr
  }
  return { vusRoc: vusRoc + ((1 - fpr) * (tpr + 1)) / 2, vusPr }
}

// Each span with `reach` rows more on both sides; those that meet are one.
function segmentsOf(spans: ReadonlyArray<LabelSpan>, reach: number, rows: number): ReadonlyArray<LabelSpan> {
  const segments: LabelSpan[] = []
  for (const span of spans) {
    const first = Math.max(0, span.first - reach)
    const last = Math.min(rows - 1, span.last + reach)
    const before = segments.at(-1)
    if (before !== undefined && before.last >= first) segments[segments.length - 1] = { first: before.first, last }
    else segments.push({ first, last })
  }
  return segments
}

// The labels that fade out around the spans, summed by the step at which their rows are predicted.
function fadedByStep(
  buffer: number,
  spans: ReadonlyArray<LabelSpan>,
  segments: ReadonlyArray<LabelSpan>,
  labels: Uint8Array,
  steps: Uint8Array,
  faded: Float64Array,
): Float64Array {
  const reach = buffer >> 1
  for (const { first, last } of spans) {
    for (let distance = 1; distance <= reach; distance++) {
      const raised = Math.sqrt(1 - distance / buffer)
      if (last + distance < labels.length) faded[last + distance] = (faded[last + distance] as number) + raised
      if (first >= distance) faded[first - distance] = (faded[first - distance] as number) + raised
    }
  }
  const sums = new Float64Array(THRESHOLDS)
  for (const { first, last } of segments) {
    for (let row = first; row <= last; row++) {
      const step = steps[row] as number
      if (labels[row] === 0) sums[step] = (sums[step] as number) + Math.min(1, faded[row] as number)
      faded[row] = 0
    }
  }
  return sums
}
