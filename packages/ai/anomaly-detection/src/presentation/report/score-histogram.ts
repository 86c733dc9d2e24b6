/** How many bars a histogram of scores has. */
export const HISTOGRAM_BARS = 60

/** Counts scores in bars of equal width, those of anomalies apart. */
export class ScoreHistogram {
  readonly least: number
  readonly most: number
  readonly normal: Float64Array = new Float64Array(HISTOGRAM_BARS)
  readonly anomalous: Float64Array = new Float64Array(HISTOGRAM_BARS)

  /** @param range - the least and the greatest score that will come */
  constructor({ least, most }: { readonly least: number; readonly most: number }) {
    this.least = least
    this.most = most
  }

  /** Counts a score; one that is no finite number is none. */
  add(score: number, isAnomaly: boolean): void {
    if (!Number.isFinite(score)) return
    const counts = isAnomaly ? this.anomalous : this.normal
    const bar = Math.min(HISTOGRAM_BARS - 1, Math.max(0, Math.floor(this.placeOf(score) * HISTOGRAM_BARS)))
    counts[bar] = (counts[bar] as number) + 1
  }

  /** Where a score lies between the least (0) and the greatest (1); 0 where they are equal. */
  placeOf(score: number): number {
    // halves first: the range of two finite numbers need not be finite
    const range = this.most / 2 - this.least / 2
    return range > 0 ? (score / 2 - this.least / 2) / range : 0
  }
}
