import { isNumeric } from '../../domain/cell.ts'
import { QualityError } from '../../domain/errors.ts'
import { allOf, not, type Condition } from '../../domain/predicate.ts'
import type { TableQuestions } from '../table-questions.ts'

/** How to take a quantile between two neighbours; numpy's words, `linear` is type 7. */
export type Interpolation = 'linear' | 'lower' | 'higher' | 'midpoint' | 'nearest'

/**
 * A quantile of the values that are there, exact.
 * @returns null where there are none
 * @throws QualityError `quality/invalid-arguments` for a column without numbers
 */
export async function quantileOf(
  table: TableQuestions,
  column: string,
  p: number,
  way: Interpolation,
  scope: Condition,
): Promise<number | null> {
  if (!isNumeric(table.column(column).kind)) {
    throw new QualityError('quality/invalid-arguments', `column ${JSON.stringify(column)} holds no numbers`, { column })
  }
  const numbers = allOf(scope, not<never>({ op: 'isNull', column }), not<never>({ op: 'isNaN', column }))
  const of = await table.count(numbers)
  if (of === 0) return null
  const at = (of - 1) * p
  const [low, high] = await Promise.all(
    [Math.floor(at), Math.ceil(at)].map(async (rank) => Number(await table.orderStatistic(column, rank, of, numbers))),
  )
  return between(low ?? 0, high ?? 0, at, way)
}

function between(low: number, high: number, at: number, way: Interpolation): number {
  const part = at - Math.floor(at)
  switch (way) {
    case 'lower':
      return low
    case 'higher':
      return high
    case 'midpoint':
      return part === 0 ? low : low + (high - low) / 2
    case 'linear':
      return low === high ? low : low + (high - low) * part
    case 'nearest':
      // Half goes to the even rank, as in numpy.
      return part < 0.5 || (part === 0.5 && Math.floor(at) % 2 === 0) ? low : high
  }
}
