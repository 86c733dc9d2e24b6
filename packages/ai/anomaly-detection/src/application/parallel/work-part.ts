/** The parts that long work is cut into: plain data in and out, so that they may be done on another thread. */
import type { Matrix } from '../../domain/matrix.ts'
import type { Neighbours } from '../../domain/neighbours/nearest-neighbours.ts'
import type { NeighbourIndex } from '../../domain/neighbours/neighbour-index.ts'
import { type NeighbourSearch, neighboursOfRows } from '../../domain/training-neighbours.ts'
import type { FittedMember, MemberFit } from '../catalogue/catalogue-entry.ts'
import { configureDetector } from '../catalogue/catalogue.ts'

/** Some rows of a matrix: `from` up to `to`, excluded. */
export interface RowRange {
  readonly from: number
  readonly to: number
}

/** Scores rows with a fitted detector. */
export interface ScorePart {
  readonly detector: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** What it has learned: see `FittedDetector.state`. */
  readonly state: unknown
  readonly x: Matrix
  /** Of the training rows: see `FittedDetector.neighbourIndex`. */
  readonly index?: NeighbourIndex | undefined
}

/** Finds the neighbours of some rows of `train` among all the others. */
export interface NeighboursPart extends NeighbourSearch {
  readonly train: Matrix
  /** In any order, which is that of the answer. */
  readonly rows: Int32Array
  /** Of `train`; made anew for each part where it is left out. */
  readonly index?: NeighbourIndex | undefined
}

/** Fits one of several detectors. */
export interface FitPart extends MemberFit {
  readonly x: Matrix
}

/** What there is to do in parts, and what comes of each part. */
export interface WorkParts {
  readonly score: { readonly part: ScorePart; readonly result: Float64Array }
  readonly neighbours: { readonly part: NeighboursPart; readonly result: Neighbours }
  readonly fit: { readonly part: FitPart; readonly result: FittedMember }
}

/** The name of a kind of part. */
export type PartKind = keyof WorkParts

/** A part of a kind. */
export type PartOf<K extends PartKind> = WorkParts[K]['part']

/** What comes of a part of a kind. */
export type ResultOf<K extends PartKind> = WorkParts[K]['result']

const doers: { readonly [K in PartKind]: (part: PartOf<K>, signal: AbortSignal | undefined) => ResultOf<K> } = {
  fit: fitMember,
  score: ({ detector, parameters, state, x, index }, signal) =>
    configureDetector(detector, parameters).restore(state).score(x, { signal, index }),
  neighbours: ({ train, rows, index, k, metric }, signal) =>
    neighboursOfRows(train, { k, metric }, rows, { index, signal }),
}

function fitMember({ detector, parameters, seed, x }: FitPart, signal: AbortSignal | undefined): FittedMember {
  const fitted = configureDetector(detector, parameters).fit(x, { seed, signal })
  return { state: fitted.state, trainingScores: fitted.trainingScores() }
}

/** Does one part. @throws AnomalyDetectionError as the work that it is a part of */
export function runPart<K extends PartKind>(kind: K, part: PartOf<K>, signal?: AbortSignal): ResultOf<K> {
  return doers[kind](part, signal)
}
