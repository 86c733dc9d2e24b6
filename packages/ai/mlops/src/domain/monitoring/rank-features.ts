/** Which drifting feature matters most. Source: NannyML 0.13, `drift/ranker.py` (alert count and correlation). */
import type { MonitorReport } from './monitor-report.ts'
import { meanOf } from './numeric/moments.ts'
import type { ClassificationMetric } from './performance/classification-metrics.ts'
import type { RegressionMetric } from './performance/regression-metrics.ts'

/** How a feature's drift goes with a metric. */
export interface FeatureRank {
  readonly feature: string
  /** Windows in which it drifted. */
  readonly drifts: number
  /**
   * Pearson's correlation of its drift statistic with how far the metric lay from the reports' mean, in [-1, 1]: near 1, windows where it
   * drifts most are those where the metric is most unlike itself. 0 with fewer than three windows, or where either stands still.
   */
  readonly correlation: number
}

/**
 * Features by what their drift does to a metric, the most harmful first; without a metric by how often they drifted. Statistics of one
 * method only can be compared: name the feature's `method` where the automatic choice may change.
 * @param reports - of one monitor, in any order
 * @param metric - realised where labels are known, else estimated
 */
export function rankFeatures(
  reports: ReadonlyArray<MonitorReport>,
  metric?: ClassificationMetric | RegressionMetric,
): FeatureRank[] {
  const values = reports.map((report) => metricOf(report, metric))
  const mean = meanOf(values.filter((value) => !Number.isNaN(value)))
  const changes = values.map((value) => Math.abs(value - mean))
  const names = new Set(reports.flatMap(({ findings }) => findings.features.map(({ feature }) => feature)))
  const ranks = Array.from(names, (feature) => {
    const drifts = reports.map(({ findings }) => findings.features.find((drift) => drift.feature === feature))
    const statistics = drifts.map((drift) => drift?.statistic ?? Number.NaN)
    return {
      feature,
      drifts: drifts.filter((drift) => drift?.drifted === true).length,
      correlation: correlationOf(statistics, changes),
    }
  })
  return ranks.sort((a, b) => b.correlation - a.correlation || b.drifts - a.drifts || (a.feature < b.feature ? -1 : 1))
}

function metricOf({ findings }: MonitorReport, metric: string | undefined): number {
  const readings = [...findings.realised, ...findings.estimated]
  return readings.find((reading) => reading.metric === metric)?.value ?? Number.NaN
}

function correlationOf(a: ReadonlyArray<number>, b: ReadonlyArray<number>): number {
  const both = a.flatMap((x, i) => (Number.isNaN(x) || Number.isNaN(b[i]) ? [] : [{ x, y: b[i] as number }]))
  if (both.length < 3) return 0
  const [meanX, meanY] = [meanOf(both.map(({ x }) => x)), meanOf(both.map(({ y }) => y))]
  let [xy, xx, yy] = [0, 0, 0]
  for (const { x, y } of both) {
    xy += (x - meanX) * (y - meanY)
    xx += (x - meanX) ** 2
    yy += (y - meanY) ** 2
  }
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy)
}
