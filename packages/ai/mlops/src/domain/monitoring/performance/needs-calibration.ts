import { rocAucOf } from './binary-outcomes.ts'
import { calibrate, fitIsotonic } from './isotonic.ts'

const SPLITS = 10
const TEST_SHARE = 0.1
const BINS = 10
const PERFECT = 0.999

/**
 * Whether isotonic calibration brings scores nearer to probabilities: the expected calibration error over the test parts of ten
 * stratified random splits (a tenth each) must fall. Source: NannyML 0.13, `calibration.py`; the splits are drawn by our own
 * generator, so a reference on the brink may be judged otherwise there.
 * @param labels - 0 or 1; with one class only, or a ROC AUC above 0.999, the answer is no
 * @param random - uniform on [0, 1)
 */
export function needsCalibration(scores: Float64Array, labels: Float64Array, random: () => number): boolean {
  const auc = rocAucOf({ predicted: labels, scores, positive: labels })
  if (Number.isNaN(auc) || auc > PERFECT) return false
  const classes = [0, 1].map((label) => Array.from(labels.keys()).filter((i) => labels[i] === label))
  const before: { p: number; y: number }[] = []
  const after: { p: number; y: number }[] = []
  for (let split = 0; split < SPLITS; split++) {
    const test = new Set(classes.flatMap((rows) => drawn(rows, Math.round(rows.length * TEST_SHARE), random)))
    const train = Array.from(labels.keys()).filter((i) => !test.has(i))
    const fitted = fitIsotonic(pick(scores, train), pick(labels, train))
    const rows = [...test]
    const calibrated = calibrate(fitted, pick(scores, rows))
    for (const [k, i] of rows.entries()) {
      before.push({ p: scores[i] as number, y: labels[i] as number })
      after.push({ p: calibrated[k] as number, y: labels[i] as number })
    }
  }
  return before.length >= 2 * BINS && calibrationError(before) > calibrationError(after)
}

function drawn(rows: ReadonlyArray<number>, count: number, random: () => number): number[] {
  const pool = [...rows]
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (pool.length - i))
    ;[pool[i], pool[j]] = [pool[j] as number, pool[i] as number]
  }
  return pool.slice(0, count)
}

function pick(values: Float64Array, rows: ReadonlyArray<number>): Float64Array {
  return Float64Array.from(rows, (row) => values[row] as number)
}

// Over ten bins of equally many rows: how far the mean score lies from the share of positives.
function calibrationError(rows: { p: number; y: number }[]): number {
  const sorted = rows.sort((a, b) => a.p - b.p)
  let error = 0
  for (let bin = 0; bin < BINS; bin++) {
    const from = Math.floor((bin * sorted.length) / BINS)
    const until = Math.floor(((bin + 1) * sorted.length) / BINS)
    let gap = 0
    for (let i = from; i < until; i++) gap += (sorted[i]?.p ?? 0) - (sorted[i]?.y ?? 0)
    error += Math.abs(gap) / sorted.length
  }
  return error
}
