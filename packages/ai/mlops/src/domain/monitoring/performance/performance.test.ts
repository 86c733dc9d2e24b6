import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import golden from '../__fixtures__/nannyml.json' with { type: 'json' } // nannyml 0.13.1, lightgbm 4.5.0: see make_nannyml.py
import { boundsOf } from '../bounds.ts'
import { categoricalColumnOf, type Column, numericColumnOf, pickRows } from '../column.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { rocAucOf } from './binary-outcomes.ts'
import { estimatePerformance, fitCbpe, type LabelledClass, realisedScores } from './cbpe.ts'
import type { ClassificationMetric } from './classification-metrics.ts'
import { estimateLoss, fitDle } from './dle.ts'
import { calibrate, fitIsotonic } from './isotonic.ts'
import { needsCalibration } from './needs-calibration.ts'
import { metricOf, regressionMetrics, rowLosses } from './regression-metrics.ts'

type Metrics = Record<string, { estimated: number[]; realised: number[]; sampling_error: number[] }>

const slice = (one: LabelledClass, from: number, until: number): LabelledClass => ({
  predicted: one.predicted.subarray(from, until),
  scores: one.scores.subarray(from, until),
  labels: one.labels.subarray(from, until),
})

const binary = ({ score, y }: { score: number[]; y: number[] }): LabelledClass => ({
  predicted: Float64Array.from(score, (s) => (s >= 0.5 ? 1 : 0)),
  scores: Float64Array.from(score),
  labels: Float64Array.from(y),
})

function expectAsNannyml(reference: LabelledClass[], analysis: LabelledClass[], size: number, metrics: Metrics) {
  const fitted = fitCbpe(reference, seededRandom(1))
  for (const [name, { estimated, realised, sampling_error: errors }] of Object.entries(metrics)) {
    const metric = name as ClassificationMetric
    for (const [chunk, expected] of estimated.entries()) {
      const rows = analysis.map((one) => slice(one, chunk * size, (chunk + 1) * size))
      const found = estimatePerformance(fitted, rows)
      // NannyML rounds the curve behind the ROC AUC to five digits of a row.
      const digits = metric === 'roc_auc' ? 4 : 9
      expect(found.scores[metric], `${name} of chunk ${chunk}`).toBeCloseTo(expected, digits)
      expect(realisedScores(rows)[metric], `realised ${name}`).toBeCloseTo(realised[chunk] ?? NaN, 9)
      // The reference's calibrated scores are full of ties there, which it breaks by chance: two digits.
      const ratio = found.standardErrors[metric] / (errors[chunk] ?? NaN)
      expect(ratio, `error of ${name}`).toBeCloseTo(1, metric === 'roc_auc' ? 1 : 9)
    }
  }
}

describe('CBPE agrees with NannyML', () => {
  it.each(['binary_calibrated', 'binary_overconfident'] as const)('on two classes: %s', (name) => {
    const { reference, analysis, needs_calibration: needed, metrics } = golden[name]
    const { scores, labels } = binary(reference)
    expect(needsCalibration(scores, labels, seededRandom(1))).toBe(needed)
    expectAsNannyml([binary(reference)], [binary(analysis)], 200, metrics)
  })

  it('on three classes', () => {
    const { names, reference, analysis, metrics } = golden.multiclass
    const classes = ({ scores, y }: typeof reference): LabelledClass[] =>
      names.map((name, c) => ({
        predicted: Float64Array.from(y, (_, row) => {
          const all = scores.map((one) => one[row] ?? 0)
          return all.indexOf(Math.max(...all)) === c ? 1 : 0
        }),
        scores: Float64Array.from(scores[c] ?? []),
        labels: Float64Array.from(y, (label) => (label === name ? 1 : 0)),
      }))
    expectAsNannyml(classes(reference), classes(analysis), 150, metrics)
  })

  it('in its thresholds: mean and three deviations of the realised metric of reference chunks', () => {
    const reference = binary(golden.binary_calibrated.reference)
    const accuracies = [0, 1, 2, 3, 4].map((i) => realisedScores([slice(reference, i * 200, i * 200 + 200)]).accuracy)
    const { lower_threshold: lower, upper_threshold: upper } = golden.binary_calibrated.metrics.accuracy
    const found = boundsOf({ kind: 'deviation' }, accuracies, { lower: 0, upper: 1 })
    expect(found.lower).toBeCloseTo(lower, 9)
    expect(found.upper).toBeCloseTo(upper, 9)
  })
})

describe('CBPE', () => {
  it('worked by hand: 0.9 and 0.6 said yes, 0.2 said no', () => {
    const output = { predicted: Float64Array.of(1, 1, 0), scores: Float64Array.of(0.9, 0.6, 0.2) }
    const fitted = fitCbpe([{ ...output, labels: Float64Array.of(1, 1, 0) }], seededRandom(1))
    const { scores } = estimatePerformance(fitted, [output])
    expect(scores.true_positive).toBeCloseTo(1.5, 12)
    expect(scores.accuracy).toBeCloseTo((0.9 + 0.6 + 0.8) / 3, 12)
    expect(scores.precision).toBeCloseTo(1.5 / 2, 12)
    expect(scores.recall).toBeCloseTo(1.5 / 1.7, 12)
    expect(scores.specificity).toBeCloseTo(0.8 / 1.3, 12)
  })

  it('is right on average where scores are calibrated', () => {
    const random = seededRandom(5)
    const scores = Float64Array.from({ length: 20_000 }, () => random())
    const labels = scores.map((p) => (random() < p ? 1 : 0))
    const one = { predicted: scores.map((p) => (p >= 0.5 ? 1 : 0)), scores, labels }
    const [head, tail] = [slice(one, 0, 10_000), slice(one, 10_000, 20_000)]
    const { scores: estimated, standardErrors } = estimatePerformance(fitCbpe([head], random), [tail])
    for (const metric of ['roc_auc', 'f1', 'precision', 'recall', 'specificity', 'accuracy'] as const) {
      const gap = Math.abs(estimated[metric] - realisedScores([tail])[metric])
      expect(gap, metric).toBeLessThan(3 * standardErrors[metric])
    }
  })

  it('calibrates scores that are no probabilities', () => {
    const scores = Float64Array.from({ length: 100 }, (_, i) => i - 50)
    const labels = scores.map((score, i) => (score > 0 === i % 10 > 0 ? 1 : 0)) // nine of ten are as the sign says
    const one = { predicted: scores.map((score) => (score > 0 ? 1 : 0)), scores, labels }
    const { scores: estimated } = estimatePerformance(fitCbpe([one], seededRandom(1)), [one])
    expect(estimated.accuracy).toBeGreaterThan(0.85)
    expect(estimated.accuracy).toBeLessThan(0.95)
  })

  it('counts a tie as half in the ROC AUC, and knows none without both classes', () => {
    const auc = (scores: number[], positive: number[]) =>
      rocAucOf({
        predicted: new Float64Array(scores.length),
        scores: Float64Array.from(scores),
        positive: Float64Array.from(positive),
      })
    expect(auc([0.1, 0.5, 0.5, 0.9], [0, 0, 1, 1])).toBe(3.5 / 4)
    expect(auc([0.1, 0.5], [1, 1])).toBeNaN()
  })
})

describe('isotonic regression', () => {
  it('worked by hand: 1 0 1 pools to 1/2 1/2 1, joined by lines', () => {
    const fitted = fitIsotonic(Float64Array.of(0.2, 0.4, 0.8), Float64Array.of(1, 0, 1))
    expect([...calibrate(fitted, Float64Array.of(0, 0.3, 0.6, 0.8, 1))]).toEqual([0.5, 0.5, 0.75, 1, 1])
  })

  it('rises, stays between 0 and 1 and keeps the mean of the labels', () => {
    const rows = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1)), { minLength: 1 })
    fc.assert(
      fc.property(rows, (pairs) => {
        const scores = Float64Array.from(pairs, ([score]) => score)
        const labels = Float64Array.from(pairs, ([, label]) => label)
        const fitted = fitIsotonic(scores, labels)
        expect([...fitted.probabilities]).toEqual([...fitted.probabilities].sort((a, b) => a - b))
        const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)
        expect(sum(calibrate(fitted, scores))).toBeCloseTo(sum(labels), 8)
      }),
      { numRuns: 50 },
    )
  })
})

describe('DLE', () => {
  const { reference, analysis, metrics } = golden.regression
  const featuresOf = (table: typeof reference): Column[] => {
    const rows = table.a.map((a, i) => ({ a, b: table.b[i], kind: table.kind[i] }))
    return [numericColumnOf(rows, 'a'), numericColumnOf(rows, 'b'), categoricalColumnOf(rows, 'kind')]
  }
  const from = Float64Array.from.bind(Float64Array)

  it('comes as near to the realised loss as NannyML, and near to its estimate', () => {
    const fitted = fitDle(featuresOf(reference), from(reference.pred), from(reference.y), regressionMetrics)
    for (const chunk of [0, 1]) {
      const rows = Array.from({ length: 200 }, (_, i) => chunk * 200 + i)
      const features = featuresOf(analysis).map((column) => pickRows(column, rows))
      const predictions = from(rows, (row) => analysis.pred[row] ?? NaN)
      const targets = from(rows, (row) => analysis.y[row] ?? NaN)
      for (const { metric, value, standardError } of estimateLoss(fitted, features, predictions, regressionMetrics)) {
        const expected = metrics[metric]
        expect(value / (expected.estimated[chunk] ?? NaN), `${metric} beside NannyML`).toBeCloseTo(1, 1)
        expect(standardError / (expected.sampling_error[chunk] ?? NaN), `error of ${metric}`).toBeCloseTo(1, 9)
        const loss = { mae: 'ae', rmse: 'se', mse: 'se', mape: 'ape', msle: 'sle', rmsle: 'sle' } as const
        const realised = metricOf(metric, rowLosses(loss[metric], targets, predictions))
        expect(realised, `realised ${metric}`).toBeCloseTo(expected.realised[chunk] ?? NaN, 9)
        const gap = Math.abs((expected.estimated[chunk] ?? NaN) - realised)
        expect(Math.abs(value - realised), `${metric} beside the truth`).toBeLessThan(gap + 2 * standardError)
      }
    }
  })

  it('leaves out a metric that no row defines', () => {
    const zeros = new Float64Array(60)
    const fitted = fitDle([], Float64Array.from(zeros.keys()), zeros, ['mae', 'mape'])
    const found = estimateLoss(fitted, [], Float64Array.of(3), ['mae', 'mape'])
    expect(found.map(({ metric }) => metric)).toEqual(['mae'])
  })
})
