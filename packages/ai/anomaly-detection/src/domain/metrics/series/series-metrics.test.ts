import { hasReferenceData, nabSeries, referenceJson, referenceNote } from '@nomaly/tool-laws'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { averagePrecision } from '../average-precision.ts'
import { rocAuc } from '../roc-auc.ts'
import { alarmSpans } from './alarm-spans.ts'
import { bestF1 } from './best-f1.ts'
import { detectionDelay } from './detection-delay.ts'
import { driftDetectionQuality } from './drift-detection-quality.ts'
import { type LabelSpan, labelsOf, spansOf } from './label-span.ts'
import { NAB_PROFILES, type NabProfileName } from './nab-profile.ts'
import { nabScore, nabScoreAt } from './nab-score.ts'
import { pointAdjusted } from './point-adjusted.ts'
import { rangePrecisionRecall } from './range-precision-recall.ts'
import { volumeUnderSurface } from './volume-under-surface.ts'
import { vusBufferOf } from './vus-buffer.ts'

const profiles: ReadonlyArray<readonly [NabProfileName, string]> = [
  ['standard', 'standard'],
  ['reward-low-fp', 'reward_low_FP'],
  ['reward-low-fn', 'reward_low_FN'],
]
const span = ([first, last]: readonly [number, number]): LabelSpan => ({ first, last })

describe(`the NAB score${referenceNote}`, () => {
  interface Figures {
    readonly raw: number
    readonly normalised: number
    readonly threshold?: number | null
  }
  interface Vectors {
    readonly tiny: ReadonlyArray<{
      readonly name: string
      readonly rows: number
      readonly windows_rows: ReadonlyArray<readonly [number, number]>
      readonly scores_other_than_0: ReadonlyArray<readonly [number, number]>
      readonly expected: Readonly<Record<string, Readonly<Record<string, Figures>>>>
    }>
    readonly corpus: {
      readonly files: ReadonlyArray<string>
      readonly detectors: ReadonlyArray<{
        readonly detector: string
        readonly anomaly_scores: Readonly<Record<string, ReadonlyArray<number>>>
        readonly expected: Readonly<Record<string, Figures>>
      }>
    }
  }
  const vectors = (): Vectors => referenceJson('metrics/nab-score.json') as Vectors

  it.skipIf(!hasReferenceData)('agrees on small made-up files, at each threshold and at the best', () => {
    for (const { rows, windows_rows, scores_other_than_0, expected } of vectors().tiny) {
      const scores = new Float64Array(rows)
      for (const [row, score] of scores_other_than_0) scores[row] = score
      const corpus = [{ scores, windows: windows_rows.map(span) }]
      for (const [name, key] of profiles) {
        for (const [threshold, figures] of Object.entries(expected[key] ?? {})) {
          const found =
            threshold === 'best'
              ? nabScore(corpus, NAB_PROFILES[name])
              : nabScoreAt(corpus, NAB_PROFILES[name], Number(threshold))
          expect(found.raw).toBeCloseTo(figures.raw, 9)
          expect(found.score).toBeCloseTo(figures.normalised, 7)
          if (threshold === 'best') expect(found.threshold).toBe(figures.threshold)
        }
      }
    }
  })

  it.skipIf(!hasReferenceData)('agrees on six open files and three detectors, scored as one corpus', () => {
    const { files, detectors } = vectors().corpus
    const windows = files.map((file) => nabSeries(file).windows)
    expect(detectors.length).toBe(3)
    for (const { anomaly_scores, expected } of detectors) {
      const corpus = files.map((file, index) => ({
        scores: Float64Array.from(anomaly_scores[file] ?? []),
        windows: windows[index] ?? [],
      }))
      for (const [name, key] of profiles) {
        const found = nabScore(corpus, NAB_PROFILES[name])
        expect(found.score).toBeCloseTo(expected[key]?.normalised ?? NaN, 6)
        expect(found.threshold).toBe(expected[key]?.threshold)
      }
    }
  })
})

describe('the NAB score by hand', () => {
  const scores = new Float64Array(200)
  scores[100] = 0.9
  const { standard } = NAB_PROFILES

  it('of an alarm in the first row of the only window is 100, of none 0', () => {
    expect(nabScore([{ scores, windows: [{ first: 100, last: 119 }] }], standard)).toEqual({
      score: 100,
      raw: 1,
      threshold: 0.9,
      windows: 1,
    })
    const silent = nabScore([{ scores, windows: [{ first: 150, last: 160 }] }], standard)
    expect(silent).toEqual({ score: 0, raw: -1, threshold: null, windows: 1 })
  })

  it('refuses windows that overlap or leave the series, scores that are not finite, and a corpus without windows', () => {
    const of = (windows: LabelSpan[], values = scores) => nabScore([{ scores: values, windows }], standard)
    expect(() => of([span([1, 5]), span([5, 9])])).toThrow(/rows 1 to 5 and 5 to 9 overlap/)
    expect(() => of([span([190, 200])])).toThrow(/a series of 200 rows/)
    expect(() => of([])).toThrow(/no series has a labelled window/)
    expect(() => of([span([1, 5])], scores.with(60, Number.NaN))).toThrow(/the score of row 60 is NaN/)
  })

  it('of the best threshold is no worse than at any other', () => {
    const series = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 20, maxLength: 60 })
    fc.assert(
      fc.property(series, fc.integer({ min: 0, max: 5 }), (values, threshold) => {
        const corpus = [{ scores: Float64Array.from(values), windows: [span([8, 11]), span([14, 14])] }]
        for (const profile of Object.values(NAB_PROFILES)) {
          const best = nabScore(corpus, profile)
          expect(best.score).toBeGreaterThanOrEqual(nabScoreAt(corpus, profile, threshold).score - 1e-9)
          expect(nabScoreAt(corpus, profile, best.threshold).score).toBeCloseTo(best.score, 9)
        }
      }),
    )
  })
})

describe(`VUS${referenceNote}`, () => {
  interface Case {
    readonly name: string
    readonly label_spans: ReadonlyArray<readonly [number, number]>
    readonly n: number
    readonly scores: ReadonlyArray<number>
    readonly max_buffer: number
    readonly expected: Readonly<Record<string, number>>
  }

  it.skipIf(!hasReferenceData)('agrees with the TSB-AD code to 1e-9', () => {
    const { cases } = referenceJson('metrics/vus.json') as { readonly cases: ReadonlyArray<Case> }
    expect(cases.length).toBeGreaterThan(3)
    for (const { label_spans, n, scores: list, max_buffer, expected } of cases) {
      const scores = Float64Array.from(list)
      const labels = labelsOf(label_spans.map(span), n)
      const { vusRoc, vusPr } = volumeUnderSurface(scores, labels, max_buffer)
      expect(vusRoc).toBeCloseTo(expected['vus_roc'] ?? NaN, 9)
      expect(vusPr).toBeCloseTo(expected['vus_pr'] ?? NaN, 9)
      expect(rocAuc(scores, labels)).toBeCloseTo(expected['auc_roc'] ?? NaN, 9)
      expect(averagePrecision(scores, labels)).toBeCloseTo(expected['average_precision'] ?? NaN, 9)
      expect(bestF1(scores, labels).f1).toBeCloseTo(expected['best_point_f1'] ?? NaN, 4) // 0.00001 in TSB-AD's divisor
    }
  })

  it('without a buffer, and fewer rows than thresholds, is the plain area', () => {
    const scores = Float64Array.of(0.9, 0.8, 0.7, 0.1, 0.3)
    const labels = Uint8Array.of(1, 1, 0, 0, 0)
    expect(volumeUnderSurface(scores, labels, 0)).toEqual({ vusRoc: 1, vusPr: 1 })
  })

  it('refuses labels of one kind and a buffer that is no count', () => {
    expect(() => volumeUnderSurface(Float64Array.of(1, 2), Uint8Array.of(0, 0), 3)).toThrow(/all 2 labels are 0/)
    expect(() => volumeUnderSurface(Float64Array.of(1, 2), Uint8Array.of(0, 1), 1.5)).toThrow(/buffer of 1.5 rows/)
  })

  it('takes the period of a series as its buffer, and 125 where there is none', () => {
    const wave = Float64Array.from({ length: 1000 }, (_, t) => Math.sin((2 * Math.PI * t) / 50))
    expect(vusBufferOf(wave)).toBe(50)
    expect(vusBufferOf(wave, 2)).toBe(100)
    expect(vusBufferOf(new Float64Array(1000).fill(3))).toBe(125)
    expect(vusBufferOf(Float64Array.of(1, 2))).toBe(125)
  })
})

describe('ranges', () => {
  const windows = [span([10, 19])]

  it('are found in part: 5 of 10 rows, and all alarms are inside', () => {
    const found = rangePrecisionRecall(windows, [span([15, 19])])
    expect(found).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3 })
  })

  it('found in two pieces earn half: (3 + 2) / 10 / 2', () => {
    expect(rangePrecisionRecall(windows, [span([10, 12]), span([18, 22])]).recall).toBeCloseTo(0.25, 12)
    expect(rangePrecisionRecall(windows, [span([10, 12]), span([18, 22])], { cardinality: 'one' }).recall).toBeCloseTo(
      0.5,
      12,
    )
  })

  it('count their front, back or middle most', () => {
    const early = [span([10, 14])]
    // weights 10 + 9 + 8 + 7 + 6 of 55; 1 + 2 + 3 + 4 + 5 of 55; 1..5 of 1..5 and back
    expect(rangePrecisionRecall(windows, early, { bias: 'front' }).recall).toBeCloseTo(40 / 55, 12)
    expect(rangePrecisionRecall(windows, early, { bias: 'back' }).recall).toBeCloseTo(15 / 55, 12)
    expect(rangePrecisionRecall(windows, early, { bias: 'middle' }).recall).toBeCloseTo(0.5, 12)
    // 1 2 3 2 1: the first two rows are 3 of 9
    expect(rangePrecisionRecall([span([0, 4])], [span([0, 1])], { bias: 'middle' }).recall).toBeCloseTo(1 / 3, 12)
  })

  it('reward existence: half for one row of ten, and half of a tenth', () => {
    expect(rangePrecisionRecall(windows, [span([19, 19])], { existence: 0.5 }).recall).toBeCloseTo(0.55, 12)
    expect(() => rangePrecisionRecall(windows, [], { existence: 2 })).toThrow(/existence 2/)
  })

  it('without alarms are 0', () => {
    expect(rangePrecisionRecall(windows, [])).toEqual({ precision: 0, recall: 0, f1: 0 })
  })

  it('lie in [0, 1], and are 1 for the windows themselves', () => {
    const bits = fc.array(fc.constantFrom(0, 1), { minLength: 5, maxLength: 40 })
    fc.assert(
      fc.property(bits, bits, fc.constantFrom('flat', 'front', 'middle', 'back'), (a, b, bias) => {
        const [actual, predicted] = [spansOf(a), spansOf(b)]
        const { precision, recall } = rangePrecisionRecall(actual, predicted, { bias })
        for (const value of [precision, recall]) expect(value >= 0 && value <= 1 + 1e-12).toBe(true)
        if (actual.length > 0) expect(rangePrecisionRecall(actual, actual, { bias }).f1).toBeCloseTo(1, 12)
      }),
    )
  })
})

describe('one alarm', () => {
  it('adjusted to points finds the whole window: 10 of 10 rows, 10 of 12 alarms', () => {
    const adjusted = pointAdjusted([span([10, 19])], [span([5, 6]), span([19, 19])])
    expect(adjusted).toEqual({ precision: 10 / 12, recall: 1, f1: 20 / 22 })
    expect(pointAdjusted([span([10, 19])], [])).toEqual({ precision: 0, recall: 0, f1: 0 })
  })

  it('has a delay from the begin of its window', () => {
    const windows = [span([10, 19]), span([30, 39]), span([50, 59])]
    const found = detectionDelay(windows, [span([5, 6]), span([14, 15]), span([28, 31])])
    expect(found).toEqual({ delays: [4, 0, null], meanDelay: 2, detected: 2 / 3, falseAlarms: 1 })
    expect(detectionDelay([], [])).toEqual({ delays: [], meanDelay: null, detected: 0, falseAlarms: 0 })
  })

  it('is a run of scores from a threshold on', () => {
    expect(alarmSpans(Float64Array.of(0, 2, 3, 1, 2), 2)).toEqual([span([1, 2]), span([4, 4])])
    expect(alarmSpans(Float64Array.of(5), null)).toEqual([])
  })
})

describe('drift alarms', () => {
  it('are held against known changes', () => {
    const found = driftDetectionQuality([100, 540, 560, 1035], [500, 1000], 1500)
    expect(found).toEqual({
      delays: [40, 35],
      meanDelay: 37.5,
      missed: 0,
      falseAlarms: 2,
      falseAlarmRate: 2 / 1500,
      itemsPerFalseAlarm: 750,
    })
    expect(driftDetectionQuality([560], [500], 1500, { horizon: 50 })).toMatchObject({ missed: 1, falseAlarms: 1 })
    expect(driftDetectionQuality([], [], 10).itemsPerFalseAlarm).toBe(Infinity)
    expect(() => driftDetectionQuality([5, 5], [], 10)).toThrow(/alarm 1 is at 5/)
    expect(() => driftDetectionQuality([], [10], 10)).toThrow(/change 0 is at 10/)
  })
})

describe('bestF1', () => {
  it('is that of the best threshold: 2 of 3 predicted, 2 of 2 found', () => {
    const best = bestF1(Float64Array.of(0.9, 0.8, 0.7, 0.1), Uint8Array.of(1, 0, 1, 0))
    expect(best).toEqual({ f1: 0.8, threshold: 0.7 })
  })
})
