/** Performance of a monitored model: estimated without labels, realised with them, both held to bounds. */
import { type Bounds, boundsOf, isOutside } from './bounds.ts'
import { categoricalColumnOf, columnOf, type MonitoredRow, numericColumnOf, pickRows } from './column.ts'
import type { PerformanceReading } from './monitor-report.ts'
import { boundsPolicyOf, type MonitoredOutput, type MonitorSpec } from './monitor-spec.ts'
import { seededRandom } from './numeric/seeded-random.ts'
import { type Cbpe, estimatePerformance, fitCbpe, realisedScores } from './performance/cbpe.ts'
import { type ClassificationMetric, classificationMetrics } from './performance/classification-metrics.ts'
import { type Dle, estimateLoss, fitDle } from './performance/dle.ts'
import {
  lossOf,
  metricOf,
  type RegressionMetric,
  regressionMetrics,
  rowLosses,
} from './performance/regression-metrics.ts'
import { checkClasses, classifierOutputs, labelledClasses, regressorOutputs } from './read-outputs.ts'

type Metric = ClassificationMetric | RegressionMetric
type Rows = ReadonlyArray<MonitoredRow>

/** What was learned of a model's performance from a labelled reference. */
export interface PerformanceFit {
  readonly bounds: ReadonlyMap<Metric, Bounds>
  /** Of a classifier. */
  readonly cbpe?: Cbpe
  /** Of a regressor. */
  readonly dle?: Dle
}

/** Values by metric; NaN where not defined. */
type Values = ReadonlyMap<Metric, number>

/** How many of the metrics are of rows, not shares. */
const COUNTS: ReadonlySet<Metric> = new Set(['true_positive', 'false_positive', 'true_negative', 'false_negative'])

/**
 * @param reference - rows whose target is known; the others are not looked at
 * @param windows - of the reference, from which bounds come
 * @returns undefined where the spec names no output or target, or no row has both
 * @throws MlopsError `mlops/invalid-argument` for classes that the output does not name
 */
export function fitPerformance(
  spec: MonitorSpec,
  reference: Rows,
  windows: ReadonlyArray<Rows>,
): PerformanceFit | undefined {
  const { output } = spec
  if (output === undefined || labelledRows(spec, reference) === 0) return undefined
  const realised = windows.map((rows) => realisedValues(spec, rows))
  const bounds = new Map(
    metricsOf(spec, output).map((metric) => {
      const values = realised.map((one) => one.get(metric) ?? Number.NaN)
      return [metric, boundsOf(boundsPolicyOf(spec, metric), values, limitsOf(metric))]
    }),
  )
  if (output.kind !== 'regression') {
    const names = targetNames(spec, reference)
    checkClasses(output, reference, names)
    const classes = labelledClasses(classifierOutputs(output, reference), names)
    return { bounds, cbpe: fitCbpe(classes, seededRandom(spec.seed ?? 1)) }
  }
  return { bounds, dle: fitRegressor(spec, output.prediction, reference) }
}

/** The metrics as they can be expected; those that are not defined are left out, all where no row has an answer. */
export function estimatedReadings(spec: MonitorSpec, fit: PerformanceFit, rows: Rows): PerformanceReading[] {
  const { output } = spec
  if (output === undefined) return []
  if (output.kind === 'regression') return regressorReadings(spec, fit, rows, output.prediction)
  const answers = classifierOutputs(output, rows)
  if (fit.cbpe === undefined || answers.rows.length === 0) return []
  const { scores, standardErrors } = estimatePerformance(fit.cbpe, answers.outputs)
  return metricsOf(spec, output).flatMap((metric) =>
    isClassification(metric) ? readingsOf(fit, metric, scores[metric], standardErrors[metric]) : [],
  )
}

/** The metrics as the labels have them; those that are not defined are left out. */
export function realisedReadings(spec: MonitorSpec, fit: PerformanceFit, rows: Rows): PerformanceReading[] {
  return [...realisedValues(spec, rows)].flatMap(([metric, value]) => readingsOf(fit, metric, value))
}

/** How many rows have an answer and a label. */
export function labelledRows(spec: MonitorSpec, rows: Rows): number {
  const { output, target } = spec
  if (output === undefined || target === undefined) return 0
  const labels = targetNames(spec, rows)
  const answered =
    output.kind === 'regression' ? regressorOutputs(output.prediction, rows) : classifierOutputs(output, rows)
  return answered.rows.filter((row) => labels[row] !== null).length
}

function realisedValues(spec: MonitorSpec, rows: Rows): Values {
  const { output, target } = spec
  if (output === undefined || target === undefined || labelledRows(spec, rows) === 0) return new Map()
  if (output.kind !== 'regression') {
    const scores = realisedScores(labelledClasses(classifierOutputs(output, rows), targetNames(spec, rows)))
    return new Map(
      metricsOf(spec, output).map((metric) => [metric, isClassification(metric) ? scores[metric] : Number.NaN]),
    )
  }
  const { targets, predictions } = labelledPredictions(target, output.prediction, rows)
  return new Map(
    metricsOf(spec, output).map((metric) => {
      const isOurs = isRegression(metric)
      return [metric, isOurs ? metricOf(metric, rowLosses(lossOf[metric].loss, targets, predictions)) : Number.NaN]
    }),
  )
}

function fitRegressor(spec: MonitorSpec, prediction: string, reference: Rows): Dle {
  const { targets, predictions, rows } = labelledPredictions(spec.target ?? '', prediction, reference)
  const features = spec.features.map(({ name, kind }) => pickRows(columnOf(reference, name, kind), rows))
  return fitDle(features, predictions, targets, regressionMetricsOf(spec))
}

function regressorReadings(
  spec: MonitorSpec,
  fit: PerformanceFit,
  rows: Rows,
  prediction: string,
): PerformanceReading[] {
  const answers = regressorOutputs(prediction, rows)
  if (fit.dle === undefined || answers.rows.length === 0) return []
  const features = spec.features.map(({ name, kind }) => pickRows(columnOf(rows, name, kind), answers.rows))
  return estimateLoss(fit.dle, features, answers.predictions, regressionMetricsOf(spec)).flatMap(
    ({ metric, value, standardError }) => readingsOf(fit, metric, value, standardError),
  )
}

function labelledPredictions(target: string, prediction: string, rows: Rows) {
  const truth = numericColumnOf(rows, target).values
  const answers = regressorOutputs(prediction, rows)
  const known = answers.rows.flatMap((row, at) => (Number.isNaN(truth[row]) ? [] : [{ row, at }]))
  return {
    rows: known.map(({ row }) => row),
    targets: Float64Array.from(known, ({ row }) => truth[row] as number),
    predictions: Float64Array.from(known, ({ at }) => answers.predictions[at] as number),
  }
}

function readingsOf(fit: PerformanceFit, metric: Metric, value: number, standardError?: number): PerformanceReading[] {
  if (Number.isNaN(value)) return []
  const bounds = fit.bounds.get(metric) ?? {}
  const reading = { metric, value, bounds, alert: isOutside(value, bounds) }
  if (standardError === undefined || Number.isNaN(standardError)) return [reading]
  const { lower = -Infinity, upper = Infinity } = limitsOf(metric)
  const reach = 3 * standardError
  return [{ ...reading, band: { lower: Math.max(lower, value - reach), upper: Math.min(upper, value + reach) } }]
}

function metricsOf(spec: MonitorSpec, output: MonitoredOutput): ReadonlyArray<Metric> {
  if (output.kind === 'regression') return regressionMetricsOf(spec)
  return spec.metrics ?? classificationMetrics.filter((metric) => !COUNTS.has(metric))
}

function regressionMetricsOf(spec: MonitorSpec): ReadonlyArray<RegressionMetric> {
  return spec.metrics?.filter(isRegression) ?? regressionMetrics
}

function targetNames({ target }: MonitorSpec, rows: Rows): ReadonlyArray<string | null> {
  return target === undefined ? rows.map(() => null) : categoricalColumnOf(rows, target).values
}

function limitsOf(metric: Metric): Bounds {
  return isRegression(metric) || COUNTS.has(metric) ? { lower: 0 } : { lower: 0, upper: 1 }
}

function isRegression(metric: Metric): metric is RegressionMetric {
  return metric in lossOf
}

function isClassification(metric: Metric): metric is ClassificationMetric {
  return !isRegression(metric)
}
