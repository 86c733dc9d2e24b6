import { describe, expect, it } from 'vitest'

import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { standardNormal } from '../../domain/numeric/standard-normal.ts'
import { evaluateSeries, type LabelledSeries } from './evaluate-series.ts'
import { parseWindowsJson, windowsFor, windowsOfColumns } from './labelled-windows.ts'
import { type SeriesScorer, seriesScorerOf } from './series-scorer.ts'

const ROWS = 1200

// Noise, and from row 900 on ten rows far out.
function series(name: string, seed: number): LabelledSeries {
  const normal = standardNormal(seededRandom(seed))
  const data = Float64Array.from({ length: ROWS }, (_, row) => normal() + (row >= 900 && row < 910 ? 12 : 0))
  return {
    name,
    data: { data, rows: ROWS, columns: 1 },
    times: Float64Array.from({ length: ROWS }, (_, row) => 1.4e12 + row * 300_000),
    windows: [{ first: 900, last: 909 }],
  }
}

describe('evaluateSeries', () => {
  const corpus = [series('one', 1), series('two', 2)]

  it('of a perfect detector is 100 in each profile, without delay or false alarms', async () => {
    const perfect: SeriesScorer = {
      id: 'perfect',
      causal: true,
      score: ({ rows }) => Float64Array.from({ length: rows }, (_, row) => (row >= 900 && row <= 909 ? 1 : 0)),
    }
    const told: string[] = []
    const [found] = await evaluateSeries(corpus, [perfect], { onProgress: (id, name) => told.push(`${id} ${name}`) })
    expect(found).toMatchObject({
      detector: 'perfect',
      nab: 100,
      nabLowFp: 100,
      nabLowFn: 100,
      threshold: 1,
      rangePrecision: 1,
      rangeRecall: 1,
      detected: 1,
      delay: 0,
      falseAlarms: 0,
      windows: 2,
      series: 2,
      rows: 2 * ROWS,
    })
    expect(found?.vusPr).toBeGreaterThan(0.7) // the buffer around the windows was not predicted
    expect(told).toEqual(['perfect one', 'perfect two'])
  })

  it('takes detectors of streams with a calibrator, methods for series, and detectors of rows', async () => {
    const ids = ['metric-alerts', 'z-score', 'rcf+anomaly-likelihood', 'spectral-residual', 'mad']
    const parameters = { rcf: { trees: 10 } }
    const scorers = ids.map((id) => seriesScorerOf(id, parameters, 0))
    expect(scorers.map(({ causal }) => causal)).toEqual([true, true, true, false, false])
    const found = await evaluateSeries(corpus, scorers)
    expect(found.map(({ detector }) => detector)).toEqual(ids)
    for (const { nab, detected, vusRoc } of found) {
      expect(nab).toBeGreaterThan(50)
      expect(detected).toBe(1)
      expect(vusRoc).toBeGreaterThan(0.5)
    }
  })

  it('passes over rows that lack a value, or refuses them where all rows are needed at once', async () => {
    const gaps = series('gaps', 3)
    gaps.data.data[700] = Number.NaN
    const [found] = await evaluateSeries([gaps], [seriesScorerOf('z-score', {}, 0)])
    expect(found?.detected).toBe(1)
    await expect(evaluateSeries([gaps], [seriesScorerOf('mad', {}, 0)])).rejects.toThrow(/row 701 lacks a value/)
  })

  it('refuses detectors, calibrators and parameters that there are none of', () => {
    expect(() => seriesScorerOf('rfc', {}, 0)).toThrow(/no detector 'rfc'; of streams there are: /)
    expect(() => seriesScorerOf('mad+anomaly-likelihood', {}, 0)).toThrow(/no detector 'mad' of streams/)
    expect(() => seriesScorerOf('rcf+magic', {}, 0)).toThrow(/score calibrator 'magic'/)
    expect(() => seriesScorerOf('rcf', { rcf: { trees: 0 } }, 0)).toThrow(/parameters of rcf/)
  })

  it('ends when it is told to', async () => {
    const scorers = [seriesScorerOf('z-score', {}, 0)]
    await expect(evaluateSeries(corpus, scorers, { signal: AbortSignal.abort() })).rejects.toThrow(/cancel/)
  })
})

describe('labelled windows', () => {
  const hour = (at: number): string => `2014-04-10 0${at}:00:00.000000`
  const at = (hours: number): number => Date.UTC(2014, 3, 10, hours)

  it('are read as NAB has them, and found by the end of a path', () => {
    const text = JSON.stringify({
      'real/a.csv': [[hour(1), hour(2)]],
      'other/a.csv': [],
      'b.csv': [[hour(3), hour(4)]],
    })
    const windows = parseWindowsJson(text)
    expect(windowsFor('/data/real/a.csv', windows)).toEqual([{ start: at(1), end: at(2) }])
    expect(windowsFor('other/a.csv', windows)).toEqual([])
    expect(windowsFor('/anywhere/b.csv', windows)).toEqual([{ start: at(3), end: at(4) }])
    expect(() => windowsFor('/else/a.csv', windows)).toThrow(/may be those of real\/a.csv or other\/a.csv/)
    expect(() => windowsFor('c.csv', windows)).toThrow(/nothing is said of the windows of c.csv/)
  })

  it('without files are of every file', () => {
    const windows = parseWindowsJson(JSON.stringify([[at(1), at(2)]]))
    expect(windowsFor('any.csv', windows)).toEqual([{ start: at(1), end: at(2) }])
    const columns = windowsOfColumns([hour(1), hour(3)], [hour(2), hour(4)], ['a.csv', 'b.csv'])
    expect(windowsFor('b.csv', columns)).toEqual([{ start: at(3), end: at(4) }])
  })

  it('are refused where they are none', () => {
    expect(() => parseWindowsJson('{')).toThrow(/no JSON/)
    expect(() => parseWindowsJson('{"a.csv": [["x"]]}')).toThrow(/windows: /)
    expect(() => parseWindowsJson(`[["${hour(2)}", "${hour(1)}"]]`)).toThrow(/is none/)
    expect(() => windowsOfColumns([hour(1)], [null])).toThrow(/window 1 lacks its start or end/)
  })
})
