import type { HbosState } from '../../detectors/hbos.ts'
import { nextDown } from '../../explanation/adjacent-doubles.ts'
import type { Matrix } from '../../matrix.ts'
import type { TailState } from '../../tails/tail-distribution.ts'
import { type TailRule, tailScores } from '../../tails/tail-rule.ts'
import { fillTailTable } from '../../tails/tail-table.ts'
import { type StepFunction, StepFunctionBuilder, treesOfSteps } from '../decision-trees.ts'
import { floatRefused } from '../float-refusal.ts'
import { flat, type GraphBuilder, type GraphValue } from '../graph-builder.ts'
import { firstDouble } from '../neighbouring-number.ts'
import { mixedRows, type OnnxRecipe } from '../recipe.ts'
import { addTrees } from '../tree-operator.ts'

/** HBOS: what a feature adds is constant between the edges of its bins. */
export const hbosRecipe: OnnxRecipe<HbosState> = {
  scores: (graph, x, state) => sumOfSteps(graph, x, state.columns, (column) => binSteps(state, column)),
  landmarks: (state) => mixedRows(columnsOf(state).map((column) => histogramRow(state, column))),
  width: ({ columns }) => columns,
  rounded: (state) => {
    if (hasRoomAround(state)) return state
    throw floatRefused('the least and the largest value would fall out of their bins, as tol is that small', {
      tol: state.tol,
    })
  },
}

/** ECOD: what a feature adds is constant between the training rows' values, and another number at each of them. */
export const ecodRecipe: OnnxRecipe<TailState> = tailRecipe('largest')

/** COPOD, as ECOD. */
export const copodRecipe: OnnxRecipe<TailState> = tailRecipe('skewed')

function tailRecipe(rule: TailRule): OnnxRecipe<TailState> {
  return {
    scores: (graph, x, state) => {
      const tails = fillTailTable(new Float64Array(state.rows + 1))
      return sumOfSteps(graph, x, state.columns, (column) => tailSteps(state, column, rule, tails))
    },
    landmarks: (state) =>
      mixedRows(
        columnsOf(state).map((column) => state.sorted.subarray(column * state.rows, (column + 1) * state.rows)),
      ),
    width: ({ columns }) => columns,
    rounded: (state) => {
      const sorted = state.sorted.map(Math.fround)
      if (staysApart(state.sorted, sorted)) return { ...state, sorted }
      throw floatRefused('training values that it ranks among lie too close together', { rows: state.rows })
    },
  }
}

// Whether the training rows' least and largest values still count to the end bins once they are rounded.
function hasRoomAround({ columns, nBins, tol, edges }: HbosState): boolean {
  return columnsOf({ columns }).every((column) => {
    const own = edges.subarray(column * (nBins + 1), (column + 1) * (nBins + 1))
    const width = (own[1] as number) - (own[0] as number)
    return [own[0] as number, own[nBins] as number].every((end) => Math.abs(Math.fround(end) - end) <= tol * width)
  })
}

// Whether values that differ, side by side, do so still.
function staysApart(values: Float64Array, rounded: Float64Array): boolean {
  return values.every((value, at) => value === values[at - 1] || rounded[at] !== rounded[at - 1])
}

function columnsOf({ columns }: Pick<Matrix, 'columns'>): ReadonlyArray<number> {
  return Array.from({ length: columns }, (_, column) => column)
}

function sumOfSteps(
  graph: GraphBuilder,
  x: GraphValue,
  columns: number,
  stepsOf: (column: number) => StepFunction,
): GraphValue {
  const sums = addTrees(graph, x, treesOfSteps(columnsOf({ columns }).map(stepsOf)))
  return { name: flat(graph, sums.name), type: sums.type }
}

function tailSteps(
  { rows: n, sorted, skew }: TailState,
  column: number,
  rule: TailRule,
  tails: Float64Array,
): StepFunction {
  const values = sorted.subarray(column * n, (column + 1) * n)
  const side = skew[column] as number
  const score = (atMost: number, below: number): number =>
    tailScores[rule](tails[atMost] as number, tails[n - below] as number, side)
  const steps = new StepFunctionBuilder()
  for (let start = 0; start < n;) {
    const value = values[start] as number
    let end = start + 1
    while (end < n && values[end] === value) end++
    steps.step(score(start, start), nextDown(value)).step(score(end, start), value)
    start = end
  }
  return steps.end(column, score(n, n))
}

// A value on an inner edge counts to the bin on its left; a little outside, `tol` says how much, to the end bin.
function binSteps({ nBins, tol, edges, binScores }: HbosState, column: number): StepFunction {
  const own = edges.subarray(column * (nBins + 1), (column + 1) * (nBins + 1))
  const scores = binScores.subarray(column * nBins, (column + 1) * nBins)
  const outside = scores.reduce((a, b) => Math.max(a, b))
  const [first, last] = [own[0] as number, own[nBins] as number]
  const below = tol * ((own[1] as number) - first)
  const above = tol * (last - (own[nBins - 1] as number))
  const lowest = firstDouble(-Number.MAX_VALUE, first, (value) => first - value <= below)
  const beyond = firstDouble(last, Number.MAX_VALUE, (value) => value - last > above)
  const steps = new StepFunctionBuilder().step(outside, nextDown(lowest))
  for (let bin = 0; bin < nBins - 1; bin++) steps.step(scores[bin] as number, own[bin + 1] as number)
  return steps.step(scores[nBins - 1] as number, nextDown(beyond)).end(column, outside)
}

// The edges of a column, the middles of its bins, and values outside.
function histogramRow({ nBins, edges }: HbosState, column: number): Float64Array {
  const own = edges.subarray(column * (nBins + 1), (column + 1) * (nBins + 1))
  const width = (own[1] as number) - (own[0] as number)
  const middles = Array.from({ length: nBins }, (_, bin) => ((own[bin] as number) + (own[bin + 1] as number)) / 2)
  const outside = [0.3, 2].flatMap((bins) => [(own[0] as number) - bins * width, (own[nBins] as number) + bins * width])
  return Float64Array.from([...own, ...middles, ...outside].filter(Number.isFinite)).sort()
}
