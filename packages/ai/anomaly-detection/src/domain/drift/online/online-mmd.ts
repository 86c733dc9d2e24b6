/**
 * A test of two samples at every row of a stream: the last rows against a reference, by the maximum mean discrepancy, with false
 * alarms at a rate that is asked for.
 * Source: O. Cobb, A. Van Looveren, J. Klaise (2022), Sequential multivariate change detection with calibrated and memoryless
 * false detection rates, AISTATS.
 */
import { AnomalyDetectionError } from '../../errors.ts'
import type { Matrix } from '../../matrix.ts'
import { copyColumn } from '../../numeric/column.ts'
import { type RandomStream, randomStream, type RandomStreamState } from '../../numeric/random-stream.ts'
import { checkValue } from '../stream/drift-value.ts'
import type { DriftSignal, StreamDriftState } from '../stream/stream-drift-detector.ts'
import { medianGamma, squaredDistance, squaredDistances } from '../two-sample/gaussian-kernel.ts'
import { refuseUnfit, thinned } from '../two-sample/pooled-rows.ts'
import { momentsOf } from '../two-sample/welch.ts'
import { KernelReference } from './kernel-reference.ts'
import { runTimeThresholds } from './run-time-thresholds.ts'

/** What an online MMD is made with. */
export interface OnlineMmdParameters {
  /** Rows until a false alarm, on average, >= 2. */
  readonly expectedRunTime: number
  /** The newest rows, which are held against the reference, >= 2: fewer see large changes sooner, more see small ones. */
  readonly windowSize: number
  /** Streams drawn from the reference to set the thresholds by. */
  readonly bootstraps: number
  /** At most so many rows of the reference are used, drawn by the seed. */
  readonly maxRows: number
}

/** What it has learned from the reference: numbers in standard deviations from its mean. */
export interface OnlineMmdBasis {
  readonly parameters: OnlineMmdParameters
  readonly columns: number
  readonly means: ReadonlyArray<number>
  readonly sds: ReadonlyArray<number>
  /** Of the kernel exp(-gamma d^2). */
  readonly gamma: number
  /** Shape (windowSize): while so many rows of the window are new, the last one from then on. */
  readonly thresholds: ReadonlyArray<number>
  /** Flat. */
  readonly reference: ReadonlyArray<number>
}

/** Its state. */
export interface OnlineMmdState extends StreamDriftState {
  readonly basis: OnlineMmdBasis
  /** Rows of the reference that nothing is held against, since a window began with some of them. */
  readonly aside: ReadonlyArray<number>
  /** Flat, oldest row first. */
  readonly window: ReadonlyArray<number>
  readonly random: RandomStreamState
  readonly seen: number
  readonly sinceRestart: number
  readonly restarts: boolean
}

const MOST_DEALS = 1000 // one in `expectedRunTime` of them would alarm at once

/** Watches rows of numbers: any change of their distribution, also of how columns go together. Starts anew after a drift. */
export class OnlineMmd {
  readonly id = 'online-mmd'
  readonly #basis: OnlineMmdBasis
  readonly #reference: KernelReference
  readonly #random: RandomStream
  readonly #row: Float64Array
  #window: Float64Array = new Float64Array(0)
  /** The sum of the kernel of each row of the window with the reference. */
  #toReference: Float64Array = new Float64Array(0)
  #seen = 0
  #sinceRestart = 0
  #restarts = false

  private constructor(basis: OnlineMmdBasis, reference: KernelReference, random: RandomStream) {
    this.#basis = basis
    this.#reference = reference
    this.#random = random
    this.#row = new Float64Array(basis.columns)
  }

  /**
   * Learns what is normal, and sets the thresholds.
   * @param reference - shape (n, d), finite; n at least four windows
   * @param seed - a safe integer >= 0
   * @throws AnomalyDetectionError `empty-dataset` where there are too few rows, `non-finite`
   */
  static learn(reference: Matrix, parameters: OnlineMmdParameters, seed: number): OnlineMmd {
    const { windowSize, maxRows } = parameters
    refuseUnfit(reference, reference, 4 * windowSize)
    const random = randomStream(seed)
    const used = thinned(reference, Math.max(maxRows, 4 * windowSize), random.next)
    const { means, sds } = scalesOf(used)
    const rows = standardised(used, means, sds)
    const squares = squaredDistances(rows)
    const gamma = medianGamma(squares, rows.rows)
    const kernel = squares.map((square) => Math.exp(-gamma * square))
    const thresholds = [...runTimeThresholds(kernel, rows.rows, parameters, random.next)]
    const { columns } = rows
    const basis = { parameters, columns, means, sds, gamma, thresholds, reference: [...rows.data] }
    const made = new OnlineMmd(basis, new KernelReference(rows, gamma, kernel), random)
    made.#restart()
    return made
  }

  static fromJSON({ basis, aside, window, random, seen, sinceRestart, restarts }: OnlineMmdState): OnlineMmd {
    const { reference, columns, gamma } = basis
    const rows = { data: Float64Array.from(reference), rows: reference.length / columns, columns }
    const made = new OnlineMmd(basis, new KernelReference(rows, gamma), randomStream(random))
    made.#reference.setAside(Int32Array.from(aside))
    made.#beginWith(Float64Array.from(window))
    made.#seen = seen
    made.#sinceRestart = sinceRestart
    made.#restarts = restarts
    return made
  }

  /** How many numbers a row has. */
  get columns(): number {
    return this.#basis.columns
  }

  /** Rows seen so far. */
  get seen(): number {
    return this.#seen
  }

  /** The unbiased squared discrepancy of the window from the reference, and what it may be. */
  get judged(): { readonly statistic: number; readonly threshold: number } {
    const { thresholds, parameters } = this.#basis
    const at = Math.min(this.#sinceRestart, parameters.windowSize - 1)
    return { statistic: this.#statistic(), threshold: thresholds[at] as number }
  }

  /**
   * @param row - shape (columns)
   * @throws AnomalyDetectionError `shape-mismatch`, `non-finite`, and the detector is as before
   */
  update(row: ArrayLike<number>): DriftSignal {
    const { columns, means, sds } = this.#basis
    if (row.length !== columns) {
      throw new AnomalyDetectionError(
        'anomaly-detection/shape-mismatch',
        `a row of ${row.length} numbers; the reference has ${columns}`,
        { columns: [row.length, columns] },
      )
    }
    for (let c = 0; c < columns; c++) checkValue(row[c] as number)
    if (this.#restarts) this.#restart()
    for (let c = 0; c < columns; c++) this.#row[c] = ((row[c] as number) - (means[c] as number)) / (sds[c] as number)
    this.#window.copyWithin(0, columns)
    this.#window.set(this.#row, this.#window.length - columns)
    this.#toReference.copyWithin(0, 1)
    this.#toReference[this.#toReference.length - 1] = this.#reference.sumWith(this.#row, 0)
    this.#seen++
    this.#sinceRestart++
    const { statistic, threshold } = this.judged
    this.#restarts = statistic > threshold
    return this.#restarts ? 'drift' : 'none'
  }

  /** Forgets all rows but the reference. */
  reset(): void {
    this.#seen = 0
    this.#restart()
  }

  // Begins with a window out of the reference that is no alarm by itself, another one each time.
  #restart(): void {
    const { windowSize } = this.#basis.parameters
    this.#sinceRestart = 0
    this.#restarts = false
    for (let deal = 0; deal < MOST_DEALS; deal++) {
      this.#reference.dealAside(2 * windowSize - 1, this.#random.next)
      this.#beginWith(this.#reference.firstAside(windowSize))
      const { statistic, threshold } = this.judged
      if (statistic < threshold) return
    }
  }

  #beginWith(window: Float64Array): void {
    const { columns } = this.#basis
    this.#window = window
    this.#toReference = Float64Array.from({ length: window.length / columns }, (_, row) =>
      this.#reference.sumWith(window, row * columns),
    )
  }

  #statistic(): number {
    const { columns, gamma } = this.#basis
    const w = this.#toReference.length
    let pairs = 0
    let across = 0
    for (let i = 0; i < w; i++) {
      across += this.#toReference[i] as number
      for (let j = 0; j < i; j++) {
        pairs += Math.exp(-gamma * squaredDistance(this.#window, i * columns, this.#window, j * columns, columns))
      }
    }
    return this.#reference.within + (2 * pairs) / (w * (w - 1)) - (2 * across) / (this.#reference.size * w)
  }

  toJSON(): OnlineMmdState {
    return {
      id: this.id,
      format: 1,
      basis: this.#basis,
      aside: [...this.#reference.aside],
      window: [...this.#window],
      random: this.#random.toJSON(),
      seen: this.#seen,
      sinceRestart: this.#sinceRestart,
      restarts: this.#restarts,
    }
  }
}

function scalesOf(matrix: Matrix): { readonly means: number[]; readonly sds: number[] } {
  const moments = Array.from({ length: matrix.columns }, (_, column) => momentsOf(columnOf(matrix, column)))
  return { means: moments.map(({ mean }) => mean), sds: moments.map(({ variance }) => Math.sqrt(variance) || 1) }
}

function standardised({ data, rows, columns }: Matrix, means: number[], sds: number[]): Matrix {
  const scaled = data.map((value, at) => (value - (means[at % columns] as number)) / (sds[at % columns] as number))
  return { data: scaled, rows, columns }
}

function columnOf(matrix: Matrix, column: number): Float64Array {
  const values = new Float64Array(matrix.rows)
  copyColumn(matrix, column, values)
  return values
}
