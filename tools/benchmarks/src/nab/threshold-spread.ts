import { NAB_PROFILES, nabScore, nabScoreAt, type NabSeries } from '@nomaly/ai-anomaly-detection/time-series'

/** How far a NAB score hangs on the files that it was measured on. */
export interface ThresholdSpread {
  /** Each category scored at the threshold that is best for the others. */
  readonly otherCategories: number
  /** The score at the threshold of all files, over files drawn with replacement: 5 % and 95 % quantile. */
  readonly bootstrap: readonly [number, number]
}

const DRAWS = 400

/** Of the standard profile. @param categories - of each series @param random - in [0, 1) */
export function thresholdSpread(
  corpus: ReadonlyArray<NabSeries>,
  categories: ReadonlyArray<string>,
  random: () => number,
): ThresholdSpread {
  const profile = NAB_PROFILES.standard
  const windows = corpus.reduce((sum, series) => sum + series.windows.length, 0)
  const reference = corpus.find((series) => series.windows.length > 0)
  if (reference === undefined) throw new Error('no series of the corpus has a window')
  const gainOf = (series: NabSeries, threshold: number | null): number => gainBeside(reference, series, threshold)
  let gains = 0
  for (const category of new Set(categories)) {
    const [inside, others] = [true, false].map((wanted) =>
      corpus.filter((_, place) => (categories[place] === category) === wanted),
    )
    const { threshold } = nabScore(others ?? [], profile)
    for (const series of inside ?? []) gains += gainOf(series, threshold)
  }
  const { threshold } = nabScore(corpus, profile)
  const each = corpus.map((series) => ({ gain: gainOf(series, threshold), windows: series.windows.length }))
  const draws = Array.from({ length: DRAWS }, () => {
    let [sum, count] = [0, 0]
    for (let draw = 0; draw < each.length; draw++) {
      const one = each[Math.floor(random() * each.length)]
      sum += one?.gain ?? 0
      count += one?.windows ?? 0
    }
    return count === 0 ? 0 : (50 * sum) / count
  }).sort((a, b) => a - b)
  return {
    otherCategories: (50 * gains) / windows,
    bootstrap: [draws[Math.floor(0.05 * DRAWS)] ?? 0, draws[Math.floor(0.95 * DRAWS)] ?? 0],
  }
}

// Above no alarm at all: 2 is a window hit in its first row. A file without windows has no score of its own: it is scored
// beside one that has some.
function gainBeside(reference: NabSeries, series: NabSeries, threshold: number | null): number {
  const profile = NAB_PROFILES.standard
  const both = nabScoreAt([reference, series], profile, threshold).raw
  return both - nabScoreAt([reference], profile, threshold).raw + profile.fnWeight * series.windows.length
}
