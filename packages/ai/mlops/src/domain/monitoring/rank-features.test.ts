import { expect, it } from 'vitest'

import type { MonitorReport } from './monitor-report.ts'
import { rankFeatures } from './rank-features.ts'

const report = (statistics: Record<string, number>, accuracy?: number): MonitorReport => ({
  id: 'm/1',
  monitor: 'm',
  window: '1',
  rows: 1,
  from: 0,
  to: 0,
  at: 0,
  alerts: [],
  findings: {
    features: Object.entries(statistics).map(([feature, statistic]) => {
      return { feature, statistic, method: 'psi', threshold: 0.1, drifted: statistic >= 0.1 }
    }),
    driftedShare: 0,
    outputs: [],
    quality: [],
    duplicates: 0,
    estimated: accuracy === undefined ? [] : [{ metric: 'accuracy', value: accuracy, bounds: {}, alert: false }],
    realised: [],
    labelled: 0,
  },
})

it('puts first the feature whose drift goes with the loss of the metric, not the one that drifts most often', () => {
  // mean accuracy 0.8; distances 0.1, 0.1, 0.1, 0.3: `harmful` goes with them exactly
  const reports = [
    report({ noisy: 0.5, harmful: 0, still: 0.2 }, 0.9),
    report({ noisy: 0.4, harmful: 0, still: 0.2 }, 0.9),
    report({ noisy: 0.3, harmful: 0, still: 0.2 }, 0.9),
    report({ noisy: 0.4, harmful: 0.2, still: 0.2 }, 0.5),
  ]
  const ranks = rankFeatures(reports, 'accuracy')
  expect(ranks.map(({ feature, drifts }) => [feature, drifts])).toEqual([
    ['harmful', 1],
    ['noisy', 4],
    ['still', 4],
  ])
  expect(ranks[0]?.correlation).toBeCloseTo(1, 12)
  expect(ranks[2]?.correlation).toBe(0)
})

it('counts drifts where there is no metric, or too little of it', () => {
  const reports = [report({ a: 0, b: 0.2 }), report({ a: 0.2, b: 0.2 })]
  expect(rankFeatures(reports)).toEqual([
    { feature: 'b', drifts: 2, correlation: 0 },
    { feature: 'a', drifts: 1, correlation: 0 },
  ])
  expect(rankFeatures([])).toEqual([])
})
