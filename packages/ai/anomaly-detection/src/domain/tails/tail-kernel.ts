import { signOfSums } from '../numeric/skewness.ts'
import { hasWasm, instantiate } from '../wasm/instantiate.ts'
import { CHUNK, COUNTING_BYTES, forChunks, sortColumn, type SortingKernel } from './column-sorter.ts'
import { tailRanksWasm } from './tail-ranks.wasm.ts'
import type { TailRule } from './tail-rule.ts'
import { fillTailTable } from './tail-table.ts'

/** Sorts one column after another in WebAssembly and adds up what its tails give each row. */
export interface TailKernel {
  /** Where a column is to be written before it is sorted. Shape (m). */
  readonly column: Float64Array
  /** See `skewnessSign`, of two columns at once. Shape (m) each; the column is lost. */
  readonly skewnessSigns: (one: Float64Array, other: Float64Array) => readonly [number, number]
  /** Sorts the column and answers its values in order; the column is lost. Shape (m), good until the next call. */
  readonly sort: () => Float64Array
  /** Adds the tails that the sorted values have among themselves. @param side - the column's skew */
  readonly addOwn: (side: number) => void
  /** Adds the tails that the sorted values have among training values. @param training - ascending; shape (n) */
  readonly addAmong: (training: Float64Array, side: number) => void
  /** What each row has; shape (m). To be called last: the kernel's memory then serves the next one. */
  readonly finish: () => Float64Array
}

interface Kernel extends SortingKernel {
  readonly addMeans: (one: number, other: number, from: number, to: number, n: number) => void
  readonly addPowers: (one: number, other: number, from: number, to: number) => void
  readonly moments: (out: number) => void
  readonly addTails: (
    sorted: number,
    order: number,
    from: number,
    to: number,
    n: number,
    tails: number,
    side: number,
    skewed: number,
    scores: number,
  ) => number
  readonly addTailsAmong: (
    training: number,
    n: number,
    reached: number,
    fresh: number,
    order: number,
    from: number,
    to: number,
    tails: number,
    side: number,
    skewed: number,
    scores: number,
  ) => number
}

const FEW_ROWS = 500 // below this, setting up the kernel costs more than it saves
const MOST_ROWS = 2 ** 25 // the kernel's memory takes 52 bytes a row at most, of 4 GiB
const PAGE = 65536

// The last kernel's memory, some 40 bytes a row, is taken over where nothing has collected it yet.
let idle: WeakRef<Kernel> | undefined

/**
 * Sums as the plain path adds them, to the last bit.
 *
 * @param m - values a column
 * @param n - training values a column
 * @returns undefined where this runtime has no WebAssembly or the rows are too few or too many for it to pay
 */
export function tailKernelFor(m: number, n: number, rule: TailRule): TailKernel | undefined {
  if (m < FEW_ROWS || Math.max(m, n) > MOST_ROWS || !hasWasm()) return undefined
  // the shape of the exports is that of assembly/tail-ranks.ts
  const kernel = idle?.deref() ?? (instantiate(tailRanksWasm) as Kernel | undefined)
  idle = undefined
  return kernel === undefined ? undefined : tailKernel(kernel, m, n, rule)
}

function tailKernel(kernel: Kernel, m: number, n: number, rule: TailRule): TailKernel {
  const countsAt = 0
  const tailsAt = COUNTING_BYTES
  const scoresAt = tailsAt + (n + 1) * 8
  const entriesAt = scoresAt + m * 8
  const valuesAt = entriesAt + Math.max(m * 16, n * 8)
  const orderAt = valuesAt + Math.max(m, n) * 8
  const missing = orderAt + m * 4 - kernel.memory.buffer.byteLength
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE))
  const { buffer } = kernel.memory
  fillTailTable(new Float64Array(buffer, tailsAt, n + 1))
  const column = new Float64Array(buffer, valuesAt, m)
  const neighbour = new Float64Array(buffer, entriesAt, m)
  const scores = new Float64Array(buffer, scoresAt, m).fill(0)
  const skewed = rule === 'skewed' ? 1 : 0
  let sortedAt = valuesAt

  const skewnessSigns = (one: Float64Array, other: Float64Array): readonly [number, number] => {
    column.set(one)
    neighbour.set(other)
    forChunks(m, (from, to) => kernel.addMeans(valuesAt, entriesAt, from, to, m))
    forChunks(m, (from, to) => kernel.addPowers(valuesAt, entriesAt, from, to))
    kernel.moments(countsAt)
    const [mean0, mean1, largest0, largest1, squares0, squares1, cubes0, cubes1] = new Float64Array(buffer, countsAt, 8)
    return [signOfSums(one, mean0, largest0, squares0, cubes0), signOfSums(other, mean1, largest1, squares1, cubes1)]
  }
  const sort = (): Float64Array => {
    sortedAt = sortColumn(kernel, { countsAt, valuesAt, entriesAt, orderAt }, m)
    return new Float64Array(buffer, sortedAt, m)
  }
  const addOwn = (side: number): void => {
    for (let at = 0; at < m;) {
      at = kernel.addTails(sortedAt, orderAt, at, Math.min(at + CHUNK, m), m, tailsAt, side, skewed, scoresAt)
    }
  }
  const addAmong = (trained: Float64Array, side: number): void => {
    const trainingAt = sortedAt === valuesAt ? entriesAt : valuesAt // where the other one is not needed any more
    new Float64Array(buffer, trainingAt, n).set(trained)
    let reached = 0
    forChunks(m, (from, to) => {
      const fresh = [sortedAt, orderAt, from, to] as const
      reached = kernel.addTailsAmong(trainingAt, n, reached, ...fresh, tailsAt, side, skewed, scoresAt)
    })
  }
  const finish = (): Float64Array => {
    idle = new WeakRef(kernel)
    return scores.slice()
  }
  return { column, skewnessSigns, sort, addOwn, addAmong, finish }
}
