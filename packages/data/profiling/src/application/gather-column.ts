import { numberOf } from '../domain/cell-number.ts'
import { isNumeric, isTime, type TableColumn } from '../domain/cell.ts'
import type { DistributionSketch } from '../domain/sketches/column-sketch.ts'
import { ascending, distributionOf } from '../domain/sketches/distribution.ts'
import { DISTINCT_RELATIVE_ERROR, estimateDistinct } from '../domain/sketches/registers.ts'
import { spanExponent } from '../domain/sketches/spans.ts'
import type { ColumnEvidence } from './column-evidence.ts'
import type { ColumnTotals, ProfileEngine, ValueCounts } from './ports/profile-engine.ts'
import type { ProfileOptions } from './profile-options.ts'

const EXTREMES = 5
/** Estimates within this many standard errors of a limit are settled by counting. */
const DOUBT = 4 * DISTINCT_RELATIVE_ERROR
/** Below some hundred values the error is not normal any more: so many may be missed by two that share a register. */
const FEW = 10

/**
 * Asks for all that one column's profile needs. The estimate of different values decides: few are counted one by one, and
 * everything else follows from the counts; many get a list of the most frequent ones; near-unique columns get none.
 */
export async function gatherColumn(
  engine: ProfileEngine,
  column: TableColumn,
  totals: ColumnTotals,
  options: ProfileOptions,
): Promise<ColumnEvidence> {
  if (column.kind === 'other' || totals.count === 0) {
    return { column, totals, distinct: { value: 0, exact: totals.count === 0 } }
  }
  const registers = await engine.columns.registers(column)
  const estimate = Math.min(totals.count, estimateDistinct(registers))
  const values = await countedValues(engine, column, totals, estimate, options)
  const distinct = await distinctOf(engine, column, totals, estimate, values)
  const evidence = { column, totals, registers, distinct, ...(values === undefined ? {} : { values }) }
  const distribution = await distributionFor(engine, column, totals, values)
  if (distribution === undefined) return evidence
  const extremes = await extremesFor(engine, column, distribution, values)
  return { ...evidence, distribution, ...(extremes === undefined ? {} : { extremes }) }
}

async function countedValues(
  engine: ProfileEngine,
  column: TableColumn,
  totals: ColumnTotals,
  estimate: number,
  options: ProfileOptions,
): Promise<(ValueCounts & { readonly complete: boolean }) | undefined> {
  const few = estimate <= options.exactDistinct * (1 + DOUBT)
  if (!few && estimate > totals.count / 2) return undefined
  const counts = await engine.columns.values(column, few ? options.exactDistinct : Math.max(options.top, 100))
  return { ...counts, complete: counts.items.length === counts.groups }
}

async function distinctOf(
  engine: ProfileEngine,
  column: TableColumn,
  totals: ColumnTotals,
  estimate: number,
  values: ValueCounts | undefined,
): Promise<ColumnEvidence['distinct']> {
  if (values !== undefined) return { value: values.groups, exact: true }
  // An approximation says nothing about uniqueness, so what may be a key is counted.
  if (estimate < totals.count * (1 - DOUBT) - FEW) return { value: Math.round(estimate), exact: false }
  return { value: await engine.columns.distinct(column), exact: true }
}

async function distributionFor(
  engine: ProfileEngine,
  column: TableColumn,
  totals: ColumnTotals,
  values: (ValueCounts & { readonly complete: boolean }) | undefined,
): Promise<DistributionSketch | undefined> {
  const buckets = isNumeric(column.kind)
  if (!buckets && !isTime(column.kind)) return undefined
  const [min, max] = [numberOf(totals.min ?? null), numberOf(totals.max ?? null)]
  if (Number.isNaN(min) || Number.isNaN(max)) return undefined
  const cut = { exponent: spanExponent(min, max), buckets }
  if (values?.complete !== true) {
    return { exponent: cut.exponent, cells: ascending(await engine.columns.distribution(column, cut)) }
  }
  return distributionOf(
    values.items
      .map(({ value, count }) => [numberOf(value), count] as const)
      .filter(([value]) => Number.isFinite(value)),
    cut,
  )
}

async function extremesFor(
  engine: ProfileEngine,
  column: TableColumn,
  distribution: DistributionSketch,
  values: (ValueCounts & { readonly complete: boolean }) | undefined,
): Promise<ColumnEvidence['extremes'] | undefined> {
  if (!isNumeric(column.kind)) return undefined
  if (values?.complete === true) {
    const different = [...new Set(values.items.map(({ value }) => numberOf(value)).filter(Number.isFinite))]
    different.sort((a, b) => a - b)
    return { smallest: different.slice(0, EXTREMES), largest: different.reverse().slice(0, EXTREMES) }
  }
  // Every cell holds at least one value, so the ends of the fifth cells bound the five least and greatest values.
  const { cells } = distribution
  const low = cells[Math.min(EXTREMES, cells.length) - 1]?.max
  const high = cells[Math.max(0, cells.length - EXTREMES)]?.min
  if (low === undefined || high === undefined) return undefined
  return engine.columns.extremes(column, { low, high, count: EXTREMES })
}
