/**
 * Precision and recall of ranges: an anomaly that lasts is found in part, in pieces, early or late.
 * Source: N. Tatbul, T. J. Lee, S. Zdonik, M. Alam, J. Gottschlich (2018), Precision and recall for time series, NeurIPS 31.
 */
import { AnomalyDetectionError } from '../../errors.ts'
import type { LabelSpan } from './label-span.ts'

/** Which part of a range counts most: every row the same, its beginning, its middle, or its end. */
export type PositionalBias = 'flat' | 'front' | 'middle' | 'back'

/** What is rewarded, beside overlap. */
export interface RangeOptions {
  /** How much of recall is for finding a window at all, in [0, 1]; default 0: all of it is for how much is found. */
  readonly existence?: number
  /** Where an overlap counts most; for recall alone, precision is flat; default flat. */
  readonly bias?: PositionalBias
  /** Whether a range met by x others earns 1/x of the overlap, or all of it; default `reciprocal`. */
  readonly cardinality?: 'reciprocal' | 'one'
}

/** Each in [0, 1], 1 is best. Without any alarm, or any window, precision, or recall, is 0. */
export interface RangePrecisionRecall {
  readonly precision: number
  readonly recall: number
  /** Their harmonic mean; 0 where both are 0. */
  readonly f1: number
}

/**
 * @param windows - the labelled ranges, oldest first, without overlap
 * @param alarms - the predicted ranges, oldest first, without overlap; see `alarmSpans`
 * @throws AnomalyDetectionError `invalid-parameters` where `existence` is outside [0, 1]
 */
export function rangePrecisionRecall(
  windows: ReadonlyArray<LabelSpan>,
  alarms: ReadonlyArray<LabelSpan>,
  { existence = 0, bias = 'flat', cardinality = 'reciprocal' }: RangeOptions = {},
): RangePrecisionRecall {
  if (!(existence >= 0 && existence <= 1)) {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-parameters',
      `existence ${existence} is the share of recall for finding a window at all, from 0 to 1`,
      { existence },
    )
  }
  const recall = meanReward(windows, alarms, existence, bias, cardinality)
  const precision = meanReward(alarms, windows, 0, 'flat', cardinality)
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

function meanReward(
  ranges: ReadonlyArray<LabelSpan>,
  others: ReadonlyArray<LabelSpan>,
  existence: number,
  bias: PositionalBias,
  cardinality: 'reciprocal' | 'one',
): number {
  let sum = 0
  let from = 0
  for (const range of ranges) {
    while (from < others.length && (others[from] as LabelSpan).last < range.first) from++
    let met = 0
    let overlap = 0
    for (let at = from; at < others.length && (others[at] as LabelSpan).first <= range.last; at++) {
      met++
      overlap += sharedPart(range, others[at] as LabelSpan, bias)
    }
    if (met === 0) continue
    const factor = cardinality === 'one' ? 1 : 1 / met
    sum += existence + (1 - existence) * factor * overlap
  }
  return ranges.length === 0 ? 0 : sum / ranges.length
}

// The weight of the shared rows over the weight of all rows of the range.
function sharedPart(range: LabelSpan, other: LabelSpan, bias: PositionalBias): number {
  const length = range.last - range.first + 1
  const first = Math.max(range.first, other.first) - range.first
  const last = Math.min(range.last, other.last) - range.first
  return weightUpTo(last + 1, length, bias) - weightUpTo(first, length, bias)
}

// The share of the weight in the first `count` rows of a range.
function weightUpTo(count: number, length: number, bias: PositionalBias): number {
  const all = (length * (length + 1)) / 2
  if (bias === 'flat') return count / length
  if (bias === 'back') return (count * (count + 1)) / 2 / all
  if (bias === 'front') return (count * length - (count * (count - 1)) / 2) / all
  // rows weigh 1, 2, ... up to the middle and down again
  const rising = Math.ceil(length / 2)
  const up = Math.min(count, rising)
  const down = count - up
  const half = Math.floor(length / 2)
  const middleAll = (rising * (rising + 1)) / 2 + (half * (half + 1)) / 2
  return ((up * (up + 1)) / 2 + down * half - (down * (down - 1)) / 2) / middleAll
}
