import type { LodaState } from '../../detectors/loda.ts'
import type { Matrix } from '../../matrix.ts'
import { timesPower } from '../finite-scores.ts'
import { asDouble, type GraphBuilder, int, sumOver } from '../graph-builder.ts'
import { rowsByPlanes } from '../planes.ts'
import type { OnnxRecipe } from '../recipe.ts'

/** LODA: each row's bin in the histogram of each projection. */
export const lodaRecipe: OnnxRecipe<LodaState> = {
  scores: (graph, x, state) => {
    const { nBins, starts, scales, binScores } = state
    const along = projections(graph, timesPower(graph, asDouble(graph, x), state.exponent), state)
    const off = graph.op('Sub', [along, graph.doubles(starts)])
    const bins = binsOf(graph, graph.op('Mul', [off, graph.doubles(scales)]), nBins)
    const first = graph.doubles(starts.map((_, cut) => cut * (nBins + 1)))
    const at = graph.op('Cast', [graph.op('Add', [bins, first])], { to: int(7) })
    const sums = sumOver(graph, graph.op('Gather', [graph.doubles(binScores), at]), 1)
    return { name: graph.op('Div', [sums, graph.doubles(starts.length)]), type: 'double' }
  },
  landmarks,
  width: ({ starts }) => 8 * starts.length,
}

// One feature of all projections after the other: a training row at the end of a histogram must stay on its edge to the last bit.
function projections(graph: GraphBuilder, x: string, { width, features, weights, starts }: LodaState): string {
  let along: string | undefined
  for (let slot = 0; slot < width; slot++) {
    const places = starts.map((_, cut) => cut * width + slot)
    const own = graph.integers(Int32Array.from(places, (at) => features[at] as number))
    const factors = graph.doubles(places.map((at) => weights[at] as number))
    const part = graph.op('Mul', [graph.op('Gather', [x, own], { axis: int(1) }), factors])
    along = along === undefined ? part : graph.op('Add', [along, part])
  }
  return along ?? x
}

// As `binOf` of the detector: the largest training value belongs to the last bin; `nBins` is outside.
function binsOf(graph: GraphBuilder, places: string, nBins: number): string {
  const bins = graph.doubles(nBins)
  const isInside = graph.op('And', [
    graph.op('GreaterOrEqual', [places, graph.doubles(0)]),
    graph.op('Less', [places, bins]),
  ])
  const isAtEnd = graph.op('And', [
    graph.op('GreaterOrEqual', [places, bins]),
    graph.op('LessOrEqual', [places, graph.doubles(nBins * (1 + 2 ** -50))]),
  ])
  const ifNotInside = graph.op('Where', [isAtEnd, graph.doubles(nBins - 1), bins])
  return graph.op('Where', [isInside, graph.op('Floor', [places]), ifNotInside])
}

// The middles of the histograms are planes through the training rows.
function landmarks({ columns, nBins, exponent, width, features, weights, starts, scales }: LodaState): Matrix {
  const reaches = scales.map((scale) => nBins / 2 / scale)
  const offsets = starts.map((start, cut) => start + (reaches[cut] as number))
  const rows = rowsByPlanes({ columns, width, features, weights, offsets, reaches })
  return { ...rows, data: rows.data.map((value) => value * 2 ** -exponent) }
}
