import { numberOf } from '../cell-number.ts'
import { isNumeric, type TableSample } from '../cell.ts'
import type { CorrelationTable } from '../profile.ts'
import { cramersV, mutualInformation } from './association.ts'
import {
  binnedCategories,
  type Categories,
  categoriesOf,
  contingencyTable,
  type ContingencyTable,
} from './contingency-table.ts'
import { kendall } from './kendall.ts'
import { pearson, spearman } from './pearson.ts'
import { normalCurves, PHI_K_BINS, phiK } from './phi-k.ts'
import { rankedColumn, type RankedColumn } from './ranked-column.ts'

/** More categories than this make tables too thin to judge. */
const MOST_CATEGORIES = 50
/** Beyond this many numeric columns, Kendall's tau looks at fewer rows. */
const MANY_COLUMNS = 15
const KENDALL_ROWS = 2000

/**
 * Every measure over the columns that it suits: Pearson, Spearman and Kendall numbers; Cramer's V categories (2 to 50 values,
 * booleans, texts); phi_k and mutual information both, numbers in 10 bins of equal width. Pairs use the rows where both have
 * a value; infinities count as missing.
 * @param seed - drew the sample; kept where the sample is not the whole table
 */
export function correlationTables(sample: TableSample, seed: number): ReadonlyArray<CorrelationTable> {
  const numeric = sample.columns
    .filter(({ kind }) => isNumeric(kind))
    .map(({ name, values }) => [name, rankedColumn(values.map(numberOf))] as const)
  const varied = numeric.filter(([, { values, order }]) => values[order[0] ?? 0] !== values[order.at(-1) ?? 0])
  const categories = sample.columns
    .filter(({ kind }) => kind === 'text' || kind === 'boolean')
    .map(({ name, values }) => [name, categoriesOf(values)] as const)
    .filter(([, { size }]) => size >= 2 && size <= MOST_CATEGORIES)
  const few = varied.map(([name, column]) => [name, { column, codes: numberCategories(column) }] as const)
  const mixed = [...few.map(([name, { codes }]) => [name, codes] as const), ...categories].sort(
    byPosition(sample.columns.map(({ name }) => name)),
  )
  const [kendallRows, kendallColumns] = forKendall(varied, sample.rows)
  const curves = normalCurves()
  const meetings = rememberedTables()
  const drawn = sample.complete ? {} : { seed }
  const labelled = [
    ...few.filter(([, { codes }]) => codes.exact).map(([name, { codes }]) => [name, codes] as const),
    ...categories,
  ].sort(byPosition(sample.columns.map(({ name }) => name)))
  const table = <T>(
    method: CorrelationTable['method'],
    columns: ReadonlyArray<readonly [string, T]>,
    measure: (x: T, y: T) => number | null,
    rows = sample.rows,
  ): ReadonlyArray<CorrelationTable> =>
    columns.length < 2
      ? []
      : [{ method, columns: columns.map(([name]) => name), values: symmetric(columns, measure), rows, ...drawn }]
  return [
    ...table('pearson', varied, (x, y) => pearson(x.values, y.values)),
    ...table('spearman', varied, spearman),
    ...table('kendall', kendallColumns, kendall, kendallRows),
    ...table('cramers-v', labelled, (x, y) => cramersV(meetings(x, y))),
    ...table('phi-k', mixed, (x, y) => (x === y ? 1 : phiK(meetings(x, y), curves))),
    ...table('mutual-information', mixed, (x, y) => mutualInformation(meetings(x, y))),
  ]
}

// Three measures ask for the same tables, which take a pass over the rows each.
function rememberedTables(): (x: Categories, y: Categories) => ContingencyTable {
  const known = new Map<Categories, Map<Categories, ContingencyTable>>()
  return (x, y) => {
    const of = known.get(x) ?? new Map<Categories, ContingencyTable>()
    known.set(x, of)
    const table = of.get(y) ?? contingencyTable(x, y)
    of.set(y, table)
    return table
  }
}

interface NumberCategories extends Categories {
  /** One category a value, not a bin. */
  readonly exact: boolean
}

// Fewer than five different numbers are categories, as in the column's type.
function numberCategories({ values, order }: RankedColumn): NumberCategories {
  const different = new Set<number>()
  for (const row of order) {
    different.add(values[row] ?? 0)
    if (different.size > 4) return { ...binnedCategories(values, PHI_K_BINS), exact: false }
  }
  return { ...categoriesOf(Array.from(values, (value) => (Number.isNaN(value) ? null : value))), exact: true }
}

function symmetric<T>(
  columns: ReadonlyArray<readonly [string, T]>,
  measure: (x: T, y: T) => number | null,
): ReadonlyArray<number | null> {
  const n = columns.length
  const values: Array<number | null> = Array.from({ length: n * n }, () => null)
  for (const [i, [, x]] of columns.entries()) {
    for (const [j, [, y]] of columns.entries()) {
      if (j < i) continue
      const measured = measure(x, y)
      const value = measured === null ? null : measured + 0 // no -0, which JSON does not keep
      values[i * n + j] = value
      values[j * n + i] = value
    }
  }
  return values
}

function forKendall(
  columns: ReadonlyArray<readonly [string, RankedColumn]>,
  rows: number,
): readonly [number, ReadonlyArray<readonly [string, RankedColumn]>] {
  if (columns.length <= MANY_COLUMNS || rows <= KENDALL_ROWS) return [rows, columns]
  const step = rows / KENDALL_ROWS
  return [
    KENDALL_ROWS,
    columns.map(([name, { values }]) => [
      name,
      rankedColumn(Float64Array.from({ length: KENDALL_ROWS }, (_, i) => values[Math.floor(i * step)] ?? Number.NaN)),
    ]),
  ]
}

function byPosition(
  names: ReadonlyArray<string>,
): (a: readonly [string, unknown], b: readonly [string, unknown]) => number {
  const positions = new Map(names.map((name, i) => [name, i]))
  return ([a], [b]) => (positions.get(a) ?? 0) - (positions.get(b) ?? 0)
}
