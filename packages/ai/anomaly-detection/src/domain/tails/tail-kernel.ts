import { argsort } from '../numeric/argsort.ts'
import { hasWasm, instantiate, type WasmMemory } from '../wasm/instantiate.ts'
import { tailRanksWasm } from './tail-ranks.wasm.ts'
import type { TailRule } from './tail-rule.ts'
import { fillTailTable } from './tail-table.ts'

/** Sorts one column after another in WebAssembly and adds up what its tails give each row. */
export interface TailKernel {
  /** Where a column is to be written before it is sorted. Shape (m). */
  readonly column: Float64Array
  /** Sorts the column and answers its values in order; the column is lost. Shape (m), good until the next call. */
  readonly sort: () => Float64Array
  /** Adds the tails that the sorted values have among themselves. @param side - the column's skew */
  readonly addOwn: (side: number) => void
  /** Adds the tails that the sorted values have among training values. @param training - ascending; shape (n) */
  readonly addAmong: (training: Float64Array, side: number) => void
  /** What each row has; shape (m). To be called last: the kernel's memory then serves the next one. */
  readonly finish: () => Float64Array
}

interface Kernel {
  readonly memory: WasmMemory
  readonly makeEntries: (values: number, from: number, to: number, entries: number, counts: number) => void
  readonly offsetsOf: (counts: number, digit: number, n: number) => number
  readonly scatter: (entries: number, from: number, to: number, counts: number, digit: number, out: number) => void
  readonly settle: (values: number, entries: number, from: number, to: number, n: number, sorted: number) => number
  readonly addTails: (
    sorted: number,
    entries: number,
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
    entries: number,
    from: number,
    to: number,
    tails: number,
    side: number,
    skewed: number,
    scores: number,
  ) => number
}

const FEW_ROWS = 500 // below this, setting up the kernel costs more than it saves
const MOST_ROWS = 2 ** 25 // the kernel's memory takes 48 bytes a row at most, of 4 GiB
const COUNTS = 3 * 2048
const CHUNK = 2 ** 15 // values a call
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
  const tailsAt = COUNTS * 4
  const scoresAt = tailsAt + (n + 1) * 8
  const entriesAt = scoresAt + m * 8
  const otherAt = entriesAt + m * 8
  const valuesAt = otherAt + m * 8
  const trainingAt = valuesAt // a column is not needed any more once it is sorted
  const missing = valuesAt + Math.max(m, n) * 8 - kernel.memory.buffer.byteLength
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE))
  const { buffer } = kernel.memory
  const counts = new Uint32Array(buffer, countsAt, COUNTS)
  fillTailTable(new Float64Array(buffer, tailsAt, n + 1))
  const column = new Float64Array(buffer, valuesAt, m)
  const scores = new Float64Array(buffer, scoresAt, m).fill(0)
  const skewed = rule === 'skewed' ? 1 : 0
  let ordered = entriesAt
  let sortedAt = otherAt

  const sort = (): Float64Array => {
    counts.fill(0)
    ordered = entriesAt
    sortedAt = otherAt
    forChunks(m, (from, to) => kernel.makeEntries(valuesAt, from, to, ordered, countsAt))
    for (let digit = 0; digit < 3; digit++) {
      if (kernel.offsetsOf(countsAt, digit, m) === 0) continue
      forChunks(m, (from, to) => kernel.scatter(ordered, from, to, countsAt, digit, sortedAt))
      ;[ordered, sortedAt] = [sortedAt, ordered]
    }
    const sorted = new Float64Array(buffer, sortedAt, m)
    let at = 0
    while (at >= 0 && at < m) at = kernel.settle(valuesAt, ordered, at, Math.min(at + CHUNK, m), m, sortedAt)
    if (at < 0) sortPlainly(column, sorted, new Uint32Array(buffer, ordered, m * 2))
    return sorted
  }
  const addOwn = (side: number): void => {
    for (let at = 0; at < m;) {
      at = kernel.addTails(sortedAt, ordered, at, Math.min(at + CHUNK, m), m, tailsAt, side, skewed, scoresAt)
    }
  }
  const addAmong = (trained: Float64Array, side: number): void => {
    new Float64Array(buffer, trainingAt, n).set(trained)
    let reached = 0
    forChunks(m, (from, to) => {
      const fresh = [sortedAt, ordered, from, to] as const
      reached = kernel.addTailsAmong(trainingAt, n, reached, ...fresh, tailsAt, side, skewed, scoresAt)
    })
  }
  const finish = (): Float64Array => {
    idle = new WeakRef(kernel)
    return scores.slice()
  }
  return { column, sort, addOwn, addAmong, finish }
}

function forChunks(m: number, work: (from: number, to: number) => void): void {
  for (let from = 0; from < m; from += CHUNK) work(from, Math.min(from + CHUNK, m))
}

/** For columns in which many values differ in their lower bits alone. @param entries - index and key of each */
function sortPlainly(values: Float64Array, sorted: Float64Array, entries: Uint32Array): void {
  const order = argsort(values)
  for (let i = 0; i < sorted.length; i++) {
    const index = order[i] ?? 0
    entries[i * 2] = index
    sorted[i] = values[index] ?? 0
  }
}
