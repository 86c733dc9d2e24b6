import { DanfoError } from './errors.ts'

/**
 * What becomes of whole numbers past 2^53 and of decimals that no double equals: an error, the nearest double, or their exact text
 * (then all of the column is text).
 */
export type LargeNumbers = 'refuse' | 'number' | 'text'

/** Where a value stands. */
export interface Place {
  readonly row: number
  readonly column: string
}

/** Reads the option. @throws DanfoError `danfo/invalid-options` */
export function largeNumbers(found: LargeNumbers = 'refuse'): LargeNumbers {
  if (['refuse', 'number', 'text'].includes(found)) return found
  throw new DanfoError('danfo/invalid-options', `large: 'refuse', 'number' or 'text', not ${JSON.stringify(found)}`, {
    path: 'large',
  })
}

/**
 * The numbers of a column that may be too exact for doubles: bigints, and decimals as text. When one of them is no double, all of
 * the column is text with `large: 'text'`.
 * @throws DanfoError `danfo/inexact-number` with `large: 'refuse'`
 */
export function numberCells(
  name: string,
  values: ReadonlyArray<bigint | number | string | null>,
  large: LargeNumbers,
): ReadonlyArray<number | string | null> {
  const inexact = values.findIndex((value) => !isDouble(value))
  if (inexact !== -1 && large === 'refuse') throw inexactNumber({ row: inexact, column: name })
  if (inexact !== -1 && large === 'text') return values.map((value) => (value === null ? null : String(value)))
  return values.map((value) => (value === null ? null : Number(value)))
}

function inexactNumber({ row, column }: Place): DanfoError {
  return new DanfoError(
    'danfo/inexact-number',
    `row ${row}, column '${column}': no double equals this number; choose large: 'text' or 'number'`,
    { row, column },
  )
}

// Texts are decimals in their shortest form, such as -0.5 or 12.
function isDouble(value: bigint | number | string | null): boolean {
  if (value === null || typeof value === 'number') return true
  if (typeof value === 'bigint') return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value))
  return plainText(Number(value)) === value
}

function plainText(value: number): string {
  const text = String(value)
  return text.includes('e') ? '' : text
}
