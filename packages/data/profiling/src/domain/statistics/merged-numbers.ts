import { exactText } from '../cell-number.ts'
import { compareCells } from '../cell-order.ts'
import type { NumberStatistics } from '../column-profile.ts'
import type { ColumnSketch } from '../sketches/column-sketch.ts'
import { numberStatistics } from './number-statistics.ts'

const EXTREMES = 5

/** Numbers of two parts from what was kept of them. A part without numbers has none that are finite. */
export function mergedNumbers(
  a: NumberStatistics | undefined,
  b: NumberStatistics | undefined,
  sketch: ColumnSketch,
  options: { readonly quantiles: ReadonlyArray<number>; readonly bins: number },
): NumberStatistics {
  const add = (pick: (numbers: NumberStatistics) => number): number =>
    (a === undefined ? 0 : pick(a)) + (b === undefined ? 0 : pick(b))
  const listed = sketch.values?.complete === true ? sketch.values.items : undefined
  const values = listed
    ?.map(({ value, count }) => [Number(value), count] as const)
    .filter(([value]) => Number.isFinite(value))
    .sort(([x], [y]) => x - y)
  return numberStatistics(
    {
      distribution: sketch.distribution,
      values,
      exactMin: exactEnd(a, b, 'exactMin', 'min'),
      exactMax: exactEnd(a, b, 'exactMax', 'max'),
      exactSum: sketch.exactSum === undefined ? undefined : exactText(sketch.exactSum),
      sum: sketch.exactSum === undefined ? undefined : Number(sketch.exactSum),
      zeros: add(({ zeros }) => zeros),
      negatives: add(({ negatives }) => negatives),
      infinities: add(({ infinities }) => infinities),
      nans: add(({ nans }) => nans),
      smallest: different([...(a?.smallest ?? []), ...(b?.smallest ?? [])]).slice(0, EXTREMES),
      largest: different([...(a?.largest ?? []), ...(b?.largest ?? [])])
        .reverse()
        .slice(0, EXTREMES),
    },
    options,
  )
}

function different(values: ReadonlyArray<number>): Array<number> {
  return [...new Set(values)].sort((a, b) => a - b)
}

function exactEnd(
  a: NumberStatistics | undefined,
  b: NumberStatistics | undefined,
  exact: 'exactMin' | 'exactMax',
  end: 'min' | 'max',
): string | undefined {
  const texts = [a, b].flatMap((numbers) => {
    const text = numbers?.[exact] ?? numbers?.[end]
    return text === undefined || text === null ? [] : [String(text)]
  })
  const sorted = texts.sort((x, y) => compareCells(x, y, 'decimal'))
  const text = end === 'min' ? sorted[0] : sorted.at(-1)
  return text === undefined ? undefined : exactText(text)
}
