/** The long part of a matrix profile: correlations of all pairs of windows, a band of lags at a time. */
import { instantiate, type WasmMemory } from '../../wasm/instantiate.ts'
import { profileSweepWasm } from './profile-sweep.wasm.ts'
import type { WindowStatistics } from './window-statistics.ts'

const BAND = 512 // lags a band: what it needs of the other windows stays in the core's first-level cache
const PAGE = 65536

/** The best of each window among those before it and among those behind it; shape (windows) each. */
export interface BestCorrelations {
  /** -Infinity where there is none. */
  readonly left: Float64Array
  /** -1 where there is none. */
  readonly leftAt: Int32Array
  readonly right: Float64Array
  readonly rightAt: Int32Array
}

/** Works through rows of a band, with the arrays that it was made for. */
export interface ProfileSweep {
  readonly band: number
  readonly best: BestCorrelations
  /** Sums of products of window `row` with those from `row + lag` on, from the series: rounding starts anew. */
  readonly start: (row: number, lag: number) => void
  /** Compares the windows [from, to) with those of the band behind each; sums of row `from` must be there. */
  readonly rows: (from: number, to: number, lag: number) => void
}

/** In WebAssembly where this runtime has it, else in plain code: the same to the last bit. */
export function profileSweepFor(statistics: WindowStatistics): ProfileSweep {
  return wasmSweepOf(statistics) ?? plainSweepOf(statistics)
}

/** @internal for the test that compares both */
export function plainSweepOf(statistics: WindowStatistics): ProfileSweep {
  const { length, windows, series, means, inverseNorms, halfSteps, sums } = statistics
  const products = new Float64Array(BAND)
  const left = new Float64Array(windows).fill(-Infinity)
  const right = new Float64Array(windows).fill(-Infinity)
  const leftAt = new Int32Array(windows).fill(-1)
  const rightAt = new Int32Array(windows).fill(-1)
  const start = (row: number, lag: number): void => {
    const lanes = Math.min(BAND, windows - row - lag)
    const mean = means[row] as number
    for (let lane = 0; lane < lanes; lane++) {
      const other = row + lag + lane
      const otherMean = means[other] as number
      let sum = 0
      for (let k = 0; k < length; k++)
        sum += ((series[row + k] as number) - mean) * ((series[other + k] as number) - otherMean)
      products[lane] = sum
    }
  }
  const rows = (from: number, to: number, lag: number): void => {
    for (let i = from; i < to; i++) {
      const lanes = Math.min(BAND, windows - i - lag)
      const halfStep = i === from ? 0 : (halfSteps[i] as number)
      const sum = i === from ? 0 : (sums[i] as number)
      const isFirst = i === from
      const inverse = inverseNorms[i] as number
      let best = right[i] as number
      let bestAt = rightAt[i] as number
      for (let lane = 0, j = i + lag; lane < lanes; lane++, j++) {
        const before = products[lane] as number
        const product = isFirst ? before : before + halfStep * (sums[j] as number) + (halfSteps[j] as number) * sum
        products[lane] = product
        const correlation = product * inverse * (inverseNorms[j] as number)
        if (correlation > (left[j] as number)) {
          left[j] = correlation
          leftAt[j] = i
        }
        if (correlation > best) {
          best = correlation
          bestAt = j
        }
      }
      right[i] = best
      rightAt[i] = bestAt
    }
  }
  return { band: BAND, best: { left, leftAt, right, rightAt }, start, rows }
}

// The exports of assembly/profile-sweep.ts, where the arguments are described.
interface SweepKernel {
  readonly memory: WasmMemory
  readonly start: (
    series: number,
    means: number,
    products: number,
    row: number,
    lag: number,
    length: number,
    lanes: number,
  ) => void
  readonly sweep: (
    halfSteps: number,
    sums: number,
    inverseNorms: number,
    products: number,
    left: number,
    leftAt: number,
    right: number,
    rightAt: number,
    from: number,
    to: number,
    lag: number,
    band: number,
    windows: number,
  ) => void
}

function wasmSweepOf(statistics: WindowStatistics): ProfileSweep | undefined {
  const { length, windows, series, means, inverseNorms, halfSteps, sums } = statistics
  // the shape of the exports is that of assembly/profile-sweep.ts
  const kernel = instantiate(profileSweepWasm) as SweepKernel | undefined
  if (kernel === undefined) return undefined
  const inputs = [series, means, inverseNorms, halfSteps, sums]
  const doubles = inputs.reduce((sum, values) => sum + values.length, 0) + BAND + 2 * windows
  const missing = doubles * 8 + windows * 8 - kernel.memory.buffer.byteLength
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE))
  let next = 0
  const placed = (count: number): { readonly at: number; readonly values: Float64Array } => {
    const at = next
    next += count * 8
    return { at, values: new Float64Array(kernel.memory.buffer, at, count) }
  }
  const [seriesAt, meansAt, normsAt, stepsAt, sumsAt] = inputs.map((values) => {
    const { at, values: own } = placed(values.length)
    own.set(values)
    return at
  }) as [number, number, number, number, number] // one for each input
  const products = placed(BAND).at
  const left = placed(windows)
  const right = placed(windows)
  const leftAt = new Int32Array(kernel.memory.buffer, next, windows).fill(-1)
  const rightAt = new Int32Array(kernel.memory.buffer, next + windows * 4, windows).fill(-1)
  left.values.fill(-Infinity)
  right.values.fill(-Infinity)
  return {
    band: BAND,
    best: { left: left.values, leftAt, right: right.values, rightAt },
    start: (row, lag) =>
      kernel.start(seriesAt, meansAt, products, row, lag, length, Math.min(BAND, windows - row - lag)),
    rows: (from, to, lag) =>
      kernel.sweep(
        stepsAt,
        sumsAt,
        normsAt,
        products,
        left.at,
        leftAt.byteOffset,
        right.at,
        rightAt.byteOffset,
        from,
        to,
        lag,
        BAND,
        windows,
      ),
  }
}
