import { ask } from '../../api/ask.ts'
import { type ResultInfo, resultPath, type Scores } from '../../api/results.ts'
import { type Block, blocksOf } from './blocks.ts'

/** Some rows of a result in the order of the data set, each list as long as the others. */
export interface Sample {
  /** 0-based. */
  readonly row: ReadonlyArray<number>
  readonly score: ReadonlyArray<number | null>
  /** Of series alone: epoch milliseconds, values, which series, and what was expected. */
  readonly series?: {
    readonly time: ReadonlyArray<number | null>
    readonly value: ReadonlyArray<number | null>
    readonly entity: ReadonlyArray<number | null>
    readonly expected: ReadonlyArray<number | null>
    readonly lower: ReadonlyArray<number | null>
    readonly upper: ReadonlyArray<number | null>
  }
  /** Whether these are all the rows that were asked for. */
  readonly isWhole: boolean
}

/** So many rows are drawn at most. */
export const MOST_DRAWN = 50_000
const BLOCK = 1000

/** Rows of a result from `start` to before `end`; of more than 50,000 some that are evenly spread. */
export async function loadSample(
  { id, series }: Pick<ResultInfo, 'id' | 'series'>,
  { start, end, signal }: { readonly start: number; readonly end: number; readonly signal: AbortSignal },
): Promise<Sample> {
  const blocks = blocksOf(start, end, MOST_DRAWN, BLOCK)
  const parts = await Promise.all(
    blocks.map((block: Block) =>
      ask<Scores>(resultPath(id, `/scores?start=${block.start}&limit=${block.limit}`), { signal }),
    ),
  )
  const all = (listOf: (part: Scores) => ReadonlyArray<number | null> | undefined): ReadonlyArray<number | null> =>
    parts.flatMap((part) => listOf(part) ?? part.scores.map(() => null))
  return {
    row: parts.flatMap((part) => part.scores.map((_, at) => part.start + at)),
    score: all(({ scores }) => scores),
    isWhole: blocks.length <= 1,
    ...(series !== undefined && {
      series: {
        time: all(({ time }) => time),
        value: all(({ value }) => value),
        entity: all(({ entity }) => entity),
        expected: all(({ expected }) => expected),
        lower: all(({ lower }) => lower),
        upper: all(({ upper }) => upper),
      },
    }),
  }
}
