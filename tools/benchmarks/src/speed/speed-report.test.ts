import { expect, test } from 'vitest'

import type { Contest } from './contests.ts'
import type { Measurement } from './measurement.ts'
import type { Outcome } from './run-contests.ts'
import { speedReport } from './speed-report.ts'

const forest: Contest = {
  detector: 'iforest',
  parameters: {},
  peer: 'iforest',
  against: 'scikit-learn IsolationForest',
  fitScoresTrainingRows: false,
}
const size = { rows: 100_000, columns: 10 }

function measurement(fit: number, score: number, peakMb: number): Measurement {
  return {
    dataSha256: '0'.repeat(64),
    fit: { cpuSeconds: fit, wallSeconds: 2 * fit },
    score: { cpuSeconds: score, wallSeconds: 2 * score },
    firstRun: { cpuSeconds: 2 * (fit + score), wallSeconds: fit + score },
    residentBeforeMb: 100,
    residentPeakMb: peakMb,
    rocAuc: 0.75,
    othersBusyCores: null,
    versions: {},
  }
}

function outcome(...theirs: ReadonlyArray<Measurement>): Outcome {
  // medians of ours: fit 0.2, score 0.3, together 0.5, memory 4
  const ours = [measurement(0.1, 0.5, 104), measurement(0.2, 0.3, 103), measurement(0.3, 0.1, 110)]
  return { kind: 'measured', contest: forest, size, ours, peer: theirs }
}

test('shows medians, ratios and a goal that is met', () => {
  // together ours: 0.6, 0.5, 0.4 -> 0.5; theirs 0.4 + 1.2 = 1.6: 3.2 times ours
  const report = speedReport([outcome(measurement(0.4, 1.2, 120))], [])
  const rows = report.split('\n').filter((line) => line.startsWith('| 100000x10'))
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()))
  expect(cells[0]?.slice(4, 13)).toEqual(['0.500', '1.60', '3.2x', '3.2x', '3.2x', '4.0', '20.0', '0.7500', '0.7500'])
  expect(cells[0]?.[13]).toBe('3x met')
  expect(cells[1]?.slice(4)).toEqual(['0.200', '0.400', '2x', '3x missed', '0.300', '1.20', '4x', ''])
  expect(report).toContain('- met: iforest at 100000x10, fit + score: at least 3x, measured 3.2x (the first time 3.2x)')
  expect(report).toContain('- **not measured**: ecod at 100000x10')
})

test('names a missed goal, a failure and what was left out', () => {
  const failed: Outcome = { kind: 'failed', contest: forest, size: { rows: 7, columns: 2 }, reason: 'no memory' }
  const report = speedReport([outcome(measurement(0.4, 0.6, 120)), failed], ['lof at 1x1: too slow'])
  expect(report).toContain('- **missed**: iforest at 100000x10, fit + score: at least 3x, measured 2x')
  expect(report).toContain('3x missed')
  expect(report).toContain('iforest at 7x2 against scikit-learn IsolationForest: no memory')
  expect(report).toContain('- lof at 1x1: too slow')
})

test('does not round a missed goal up to a met one', () => {
  const report = speedReport([outcome(measurement(0.4, 1.0999, 120))], [])
  expect(report).toContain('measured 2.99x')
})
