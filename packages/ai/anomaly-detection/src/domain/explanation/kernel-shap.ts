/**
 * Shapley values of any detector's score: a feature that is not told has the values of a background set.
 * Source: S. Lundberg, S.-I. Lee (2017), A Unified Approach to Interpreting Model Predictions, NeurIPS, section 4.1.
 */
import { throwIfCancelled } from '../cancellation.ts'
import { AnomalyDetectionError } from '../errors.ts'
import type { Matrix } from '../matrix.ts'
import { everyCoalition, sampledCoalitions } from './coalitions.ts'
import { groupedFit } from './jackknife.ts'
import { type ScoreRows, scoreOfRow } from './score-rows.ts'

/** How the values are found. */
export interface KernelShapOptions {
  /** Sets of features that are scored at most, each with the whole background. Where all fit in, the values are exact. */
  readonly samples: number
  readonly random: () => number
  readonly signal?: AbortSignal | undefined
}

/** Shapley values of one row. */
export interface ShapleyValues {
  /** Mean score of the background. */
  readonly baseValue: number
  /** The row's score. */
  readonly outputValue: number
  /** Of sum outputValue - baseValue; shape (d). */
  readonly values: Float64Array
  /** Zeros where the values are exact; shape (d). */
  readonly standardErrors: Float64Array
}

const BLOCK_VALUES = 2 ** 20 // scored at once: enough to be worth several threads
const MOST_PLAYERS = 20 // whose sets are all enumerated: a million

/**
 * A feature in which the row and the whole background agree has exactly 0, and is no part of the sets.
 * @param row - shape (d)
 * @param background - shape (n, d), n >= 1
 * @throws AnomalyDetectionError `invalid-options` where there are too few samples for so many features, `cancelled`
 */
export async function kernelShap(
  row: Float64Array,
  background: Matrix,
  score: ScoreRows,
  { samples, random, signal }: KernelShapOptions,
): Promise<ShapleyValues> {
  const players = playersOf(row, background)
  const valuesOf = coalitionScorer(row, background, players, score, signal)
  const outputValue = await scoreOfRow(row, score)
  const [baseValue = outputValue] = await valuesOf(new Uint8Array(players.length), 1)
  const whole = outputValue - baseValue
  const found =
    players.length <= MOST_PLAYERS && 2 ** players.length - 2 <= samples
      ? await exactValues(players.length, valuesOf)
      : await sampledValues(players.length, valuesOf, baseValue, whole, checkSamples(samples, players.length), random)
  return {
    baseValue,
    outputValue,
    values: placed(found.values, players, row.length),
    standardErrors: placed(found.standardErrors, players, row.length),
  }
}

/** The fewest samples that determine the values of so many features. */
function checkSamples(samples: number, features: number): number {
  const fewest = 2 * features
  if (samples >= fewest) return samples
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-options',
    `${features} features need at least ${fewest} samples for Kernel SHAP, not ${samples}`,
    { option: 'samples', value: samples, fewest },
  )
}

type CoalitionScorer = (masks: Uint8Array, count: number) => Promise<Float64Array>

interface PlayerValues {
  readonly values: Float64Array
  readonly standardErrors: Float64Array
}

function playersOf(row: Float64Array, { data, rows, columns }: Matrix): ReadonlyArray<number> {
  const players: number[] = []
  for (let column = 0; column < columns; column++) {
    let at = column
    while (at < rows * columns && data[at] === row[column]) at += columns
    if (at < rows * columns) players.push(column)
  }
  return players
}

// The mean score of the background with the row's values in the told columns, for each set.
function coalitionScorer(
  row: Float64Array,
  { data, rows, columns }: Matrix,
  players: ReadonlyArray<number>,
  score: ScoreRows,
  signal: AbortSignal | undefined,
): CoalitionScorer {
  return async (masks, count) => {
    const means = new Float64Array(count)
    const turn = Math.max(1, Math.floor(BLOCK_VALUES / (rows * columns)))
    for (let first = 0; first < count; first += turn) {
      throwIfCancelled(signal)
      const sets = Math.min(turn, count - first)
      const block = new Float64Array(sets * rows * columns)
      for (let set = 0; set < sets; set++) {
        block.set(data, set * rows * columns)
        for (const [player, column] of players.entries()) {
          if (masks[(first + set) * players.length + player] !== 1) continue
          const start = set * rows * columns + column
          for (let i = 0; i < rows; i++) block[start + i * columns] = row[column] as number
        }
      }
      const scores = await score({ data: block, rows: sets * rows, columns })
      for (let set = 0; set < sets; set++) means[first + set] = meanOf(scores.subarray(set * rows, (set + 1) * rows))
    }
    return means
  }
}

function meanOf(scores: Float64Array): number {
  const mean = scores.reduce((sum, one) => sum + one, 0) / scores.length
  return Number.isFinite(mean) ? mean : scores.reduce((sum, one) => sum + one / scores.length, 0)
}

// phi_i = sum over sets S without i of |S|! (M - |S| - 1)! / M! * (v(S + i) - v(S))
async function exactValues(count: number, valuesOf: CoalitionScorer): Promise<PlayerValues> {
  const outcomes = await valuesOf(everyCoalition(count), 2 ** count)
  const shares = new Float64Array(count)
  if (count > 0) shares[0] = 1 / count
  for (let size = 1; size < count; size++) shares[size] = ((shares[size - 1] as number) * size) / (count - size)
  const values = new Float64Array(count)
  for (let set = 0; set < outcomes.length; set++) {
    const share = shares[bitsOf(set)] as number
    for (let player = 0; player < count; player++) {
      const withPlayer = set | (1 << player)
      if (withPlayer === set) continue
      values[player] =
        (values[player] as number) + share * ((outcomes[withPlayer] as number) - (outcomes[set] as number))
    }
  }
  return { values, standardErrors: new Float64Array(count) }
}

function bitsOf(set: number): number {
  let bits = 0
  for (let left = set; left > 0; left &= left - 1) bits++
  return bits
}

// Least squares in which the last player takes what the others leave of the whole.
async function sampledValues(
  count: number,
  valuesOf: CoalitionScorer,
  baseValue: number,
  whole: number,
  samples: number,
  random: () => number,
): Promise<PlayerValues> {
  const sets = sampledCoalitions(count, samples, random)
  const outcomes = await valuesOf(sets.masks, sets.count)
  const fit = groupedFit(count - 1)
  const x = new Float64Array(count - 1)
  for (let set = 0; set < sets.count; set++) {
    const at = set * count
    const last = sets.masks[at + count - 1] as number
    for (let player = 0; player < count - 1; player++) x[player] = (sets.masks[at + player] as number) - last
    const y = (outcomes[set] as number) - baseValue - last * whole
    const draw = sets.draws[set] as number
    if (draw === -1) fit.addFixed(x, y, sets.weights[set] as number)
    else fit.addSampled(x, y, sets.weights[set] as number, draw)
  }
  const all = (others: Float64Array): Float64Array =>
    Float64Array.of(
      ...others,
      others.reduce((left, one) => left - one, whole),
    )
  const solved = fit.solve()
  // all sets of one feature are among them, which determine every value
  if (solved === undefined) throw new Error('the sets of one feature do not determine the values')
  return { values: all(solved.solution), standardErrors: fit.standardErrors(all) }
}

function placed(values: Float64Array, players: ReadonlyArray<number>, columns: number): Float64Array {
  const out = new Float64Array(columns)
  for (const [player, column] of players.entries()) out[column] = values[player] as number
  return out
}
