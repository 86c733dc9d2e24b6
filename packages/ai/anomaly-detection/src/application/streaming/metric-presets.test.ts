import { hasReferenceData, nabNames, nabSeries, referenceNote } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { NAB_PROFILES } from '../../domain/metrics/series/nab-profile.ts'
import { nabScore, nabScoreAt } from '../../domain/metrics/series/nab-score.ts'
import { streamDetectors } from './catalogue/stream-catalogue.ts'
import { METRIC_ALERTS, METRIC_LEVEL } from './metric-presets.ts'

it('names parts that there are', () => {
  for (const { detector } of [METRIC_ALERTS, METRIC_LEVEL])
    expect(streamDetectors.create(detector.id, detector.parameters, { columns: 1, seed: 0 }).isReady).toBe(false)
})

describe.skipIf(!hasReferenceData)(`the open files of NAB${referenceNote}`, () => {
  it('METRIC_ALERTS reaches 65 at the best threshold and at its own', { timeout: 120_000 }, () => {
    const corpus = nabNames().map((name) => {
      const { timestamps, values, windows } = nabSeries(name)
      const { id, parameters } = METRIC_ALERTS.detector
      const detector = streamDetectors.create(id, parameters, { columns: 1, seed: 1 })
      const scores = values.map((value, row) =>
        detector.scoreThenLearn([value], Date.parse(`${timestamps[row]?.replace(' ', 'T')}Z`)),
      )
      return { scores, windows }
    })
    expect(nabScore(corpus, NAB_PROFILES.standard).score).toBeGreaterThan(65)
    expect(nabScoreAt(corpus, NAB_PROFILES.standard, METRIC_ALERTS.threshold ?? null).score).toBeGreaterThan(65)
  })
})
