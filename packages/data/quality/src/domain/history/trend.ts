import type { ExpectationPoint, ResultSummary } from './kept-result.ts'

/** How an expectation went over time. */
export interface ExpectationTrend {
  readonly expectation: string
  readonly type: string
  readonly subject: string
  /** Times it was evaluated. */
  readonly runs: number
  readonly met: number
  readonly last: ExpectationPoint['outcome']
  /** Epoch milliseconds since when it has been as it is now. */
  readonly since: number
  /** Percent of rows unexpected, oldest first; null where a run judged none. */
  readonly unexpectedPercents: ReadonlyArray<number | null>
  /** Last minus the mean of those before, in percentage points; above 0 is worse. null without two numbers. */
  readonly change: number | null
}

/** How a data set went over time. */
export interface QualityTrend {
  readonly dataset: string
  /** Oldest first. */
  readonly runs: ReadonlyArray<Pick<ResultSummary, 'id' | 'startedAt' | 'rows' | 'score' | 'successful' | 'evaluated'>>
  /** Last score minus the mean of those before; below 0 is worse. null without two scores. */
  readonly scoreChange: number | null
  /** Those that got worse first. */
  readonly expectations: ReadonlyArray<ExpectationTrend>
}

/**
 * The trend of one data set.
 * @param runs - in any order @param points - of these runs, in any order
 */
export function trendOf(
  dataset: string,
  runs: ReadonlyArray<ResultSummary>,
  points: ReadonlyArray<ExpectationPoint>,
): QualityTrend {
  const byTime = [...runs].sort((a, b) => a.startedAt - b.startedAt)
  const groups = new Map<string, Array<ExpectationPoint>>()
  for (const point of [...points].sort((a, b) => a.at - b.at)) {
    const group = groups.get(point.expectation)
    if (group === undefined) groups.set(point.expectation, [point])
    else group.push(point)
  }
  return {
    dataset,
    runs: byTime.map(({ id, startedAt, rows, score, successful, evaluated }) => ({
      id,
      startedAt,
      rows,
      score,
      successful,
      evaluated,
    })),
    scoreChange: changeOf(byTime.map(({ score }) => score)),
    expectations: [...groups.values()].flatMap(expectationTrend).sort(worstFirst),
  }
}

function expectationTrend(points: ReadonlyArray<ExpectationPoint>): ReadonlyArray<ExpectationTrend> {
  const last = points.at(-1)
  if (last === undefined) return []
  const before = points.findLastIndex(({ outcome }) => outcome !== last.outcome)
  const unexpectedPercents = points.map(({ unexpectedPercent }) => unexpectedPercent)
  return [
    {
      expectation: last.expectation,
      type: last.type,
      subject: last.subject,
      runs: points.length,
      met: points.filter(({ outcome }) => outcome === 'met').length,
      last: last.outcome,
      since: points[before + 1]?.at ?? last.at,
      unexpectedPercents,
      change: changeOf(unexpectedPercents),
    },
  ]
}

function changeOf(values: ReadonlyArray<number | null>): number | null {
  const numbers = values.filter((value) => value !== null)
  const last = values.at(-1) ?? null
  if (last === null || numbers.length < 2) return null
  return last - numbers.slice(0, -1).reduce((sum, value) => sum + value, 0) / (numbers.length - 1)
}

const RANK: Readonly<Record<ExpectationPoint['outcome'], number>> = { error: 0, unmet: 1, met: 2 }

function worstFirst(a: ExpectationTrend, b: ExpectationTrend): number {
  return RANK[a.last] - RANK[b.last] || (b.change ?? 0) - (a.change ?? 0) || (a.expectation < b.expectation ? -1 : 1)
}
