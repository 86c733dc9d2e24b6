import type { Feedback } from '../../domain/results/feedback.ts'
import { type KeptNumbers, type KeptResult, NO_ENTITY } from '../ports/result-store.ts'
import { needsEntity, type RowFilter, rowFilter, type ScoredRow } from './row-filter.ts'

/** In which order rows are walked: by their place in the data set, or the highest score first. */
export type RowSort = 'row' | 'score'

/** What is walked. */
export interface RowWalk {
  readonly kept: KeptResult
  readonly filter: RowFilter
  readonly sort: RowSort
  /** The row that was handed out last; undefined at the start. */
  readonly after?: number | undefined
  readonly feedback: ReadonlyMap<number, Feedback>
  /** How many rows are looked at at a time, at first; it grows to 65,536. */
  readonly chunk?: number | undefined
}

const LARGEST = 2 ** 16

/** The rows that are wanted, a chunk at a time, with memory that does not grow with the rows. */
export async function* walkRows(walk: RowWalk): AsyncGenerator<ReadonlyArray<ScoredRow>> {
  const { verdict } = walk.filter
  if (verdict === 'true_alarm' || verdict === 'false_alarm') yield* reviewedRows(walk)
  else if (walk.sort === 'row') yield* rowsInOrder(walk)
  else yield* rowsByScore(walk)
}

async function* rowsInOrder({ kept, filter, after, feedback, chunk = LARGEST }: RowWalk) {
  const { rows } = kept.info
  const isWanted = rowFilter(kept.info, filter, feedback)
  const byEntity = needsEntity(kept.info, filter)
  for (let start = (after ?? -1) + 1, size = chunk; start < rows; start += size, size = Math.min(LARGEST, size * 4)) {
    const scores = await kept.read('score', start, size)
    const entities = byEntity ? await kept.read('entity', start, size) : undefined
    const found: ScoredRow[] = []
    for (let at = 0; at < scores.length; at++) {
      const one = { row: start + at, score: scores[at] ?? Number.NaN, entity: entities?.[at] ?? NO_ENTITY }
      if (isWanted(one)) found.push(one)
    }
    yield found
  }
}

async function* rowsByScore(walk: RowWalk) {
  const { kept, filter, feedback, chunk = LARGEST } = walk
  const { rows, threshold } = kept.info
  const isWanted = rowFilter(kept.info, filter, feedback)
  // what the entity decides may be anywhere in the order: then all is at hand
  const whole = needsEntity(kept.info, filter) ? await wholeColumns(kept) : undefined
  const least = Math.max(
    filter.minScore ?? -Infinity,
    filter.anomalies === true && threshold !== null ? threshold : -Infinity,
  )
  const size = whole === undefined ? chunk : LARGEST
  for (let start = await firstRank(walk); start < rows; start += size) {
    const order = await kept.read('order', start, size)
    const scores = whole === undefined ? await kept.pick('score', order) : undefined
    const found: ScoredRow[] = []
    let isOver = false
    for (let at = 0; at < order.length && !isOver; at++) {
      const row = order[at] as number
      const score = whole?.scores[row] ?? scores?.[at] ?? Number.NaN
      const one = { row, score, entity: whole?.entities[row] ?? NO_ENTITY }
      isOver = score < least || (Number.isNaN(score) && least > -Infinity)
      if (!isOver && isWanted(one)) found.push(one)
    }
    yield found
    if (isOver) return
  }
}

async function wholeColumns({ info, read }: KeptResult) {
  const [scores, entities] = [await read('score', 0, info.rows), await read('entity', 0, info.rows)]
  return { scores, entities } satisfies Record<string, KeptNumbers>
}

async function* reviewedRows({ kept, filter, sort, after, feedback }: RowWalk) {
  const isWanted = rowFilter(kept.info, filter, feedback)
  const rows = Uint32Array.from(feedback.keys())
  const scores = await kept.pick('score', rows)
  const entities = needsEntity(kept.info, filter) ? await kept.pick('entity', rows) : undefined
  const found = Array.from(rows, (row, at) => ({
    row,
    score: scores[at] ?? Number.NaN,
    entity: entities?.[at] ?? NO_ENTITY,
  })).filter(isWanted)
  const order = sort === 'row' ? (a: ScoredRow, b: ScoredRow) => a.row - b.row : byScore
  const [last] = after === undefined ? [] : await kept.pick('score', [after])
  const before = after === undefined ? undefined : { row: after, score: last ?? Number.NaN }
  yield found.sort(order).filter((one) => before === undefined || order(one, { ...before, entity: 0 }) > 0)
}

// The highest score first, the lower row first among equals, rows without a score last: as rows are kept by score.
function byScore(a: Pick<ScoredRow, 'row' | 'score'>, b: Pick<ScoredRow, 'row' | 'score'>): number {
  const [isBelow, isAbove] = [Number.isNaN(a.score), Number.isNaN(b.score)]
  if (isBelow || isAbove) return Number(isBelow) - Number(isAbove) || a.row - b.row
  return b.score - a.score || a.row - b.row
}

// Where the walk by score begins: behind the row handed out last, or at the first score that is not too high.
async function firstRank({ kept, filter, after }: RowWalk): Promise<number> {
  const { threshold } = kept.info
  const most = filter.anomalies === false && threshold !== null ? threshold : Infinity
  const maxScore = Math.min(most, filter.maxScore ?? Infinity)
  if (after !== undefined) {
    const [score = Number.NaN] = await kept.pick('score', [after])
    const last = { row: after, score }
    return rankWhere(kept, (one) => byScore(one, last) > 0)
  }
  return maxScore === Infinity ? 0 : rankWhere(kept, ({ score }) => !(score > maxScore))
}

// The first rank whose row meets what all after it meet, too.
async function rankWhere(
  { info, read, pick }: KeptResult,
  isMet: (one: Pick<ScoredRow, 'row' | 'score'>) => boolean,
): Promise<number> {
  let [low, high] = [0, info.rows]
  while (low < high) {
    const middle = (low + high) >> 1
    const [row = 0] = await read('order', middle, 1)
    const [score = Number.NaN] = await pick('score', [row])
    if (isMet({ row, score })) high = middle
    else low = middle + 1
  }
  return low
}
