import type { Range } from './range.ts'

/** What is drawn along an axis, each list as long as the others. */
export interface Points {
  /** Ascending: epoch milliseconds, or rows counted from 1. */
  readonly x: ReadonlyArray<number>
  /** 0-based rows of the data set. */
  readonly row: ReadonlyArray<number>
  readonly value: ReadonlyArray<number | null>
  readonly isOdd: ReadonlyArray<boolean>
  /** What was expected, and between what; absent where nothing was. */
  readonly band?: {
    readonly expected: ReadonlyArray<number | null>
    readonly lower: ReadonlyArray<number | null>
    readonly upper: ReadonlyArray<number | null>
  }
}

/** From the first to the last of the points, a little apart where they are one. */
export function extentOf({ x }: Pick<Points, 'x'>): Range {
  const [first, last] = [x[0] ?? 0, x.at(-1) ?? 1]
  return first < last ? [first, last] : [first - 0.5, first + 0.5]
}
