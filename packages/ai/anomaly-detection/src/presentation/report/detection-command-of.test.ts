import { execFileSync } from 'node:child_process'

import { describe, expect, it } from 'vitest'

import type { ResultInfo } from '../../domain/results/result-info.ts'
import { commandLine } from './command-line.ts'
import { detectionCommandOf } from './detection-command-of.ts'

const INFO: ResultInfo = {
  id: 'r',
  dataset: { id: 'd', name: 'pumps.csv', sha256: null },
  createdAt: 0,
  durationMs: 0,
  algorithm: 'knn',
  parameters: {},
  options: {},
  columns: ['flow', 'heat'],
  threshold: 1,
  rows: 10,
  anomalyCount: 1,
  scores: { least: 0, most: 2 },
  bands: false,
}
const lineOf = (info: Partial<ResultInfo>): string | undefined => {
  const words = detectionCommandOf({ ...INFO, ...info })
  return words && commandLine(words)
}
const DETECT = 'nomaly detect pumps.csv --columns flow,heat'

describe('detectionCommandOf', () => {
  it('says what differs from the defaults, and how the data were read', () => {
    expect(lineOf({ parameters: { nNeighbors: 7, method: 'largest' } })).toBe(
      `${DETECT} --detector knn --param nNeighbors=7`,
    )
    const options = { threshold: 0.5, seed: 3, missing: 'drop', encode: 'onehot', standardize: true } as const
    expect(lineOf({ options })).toBe(
      `${DETECT} --missing drop --encode onehot --standardize --detector knn --threshold 0.5 --seed 3`,
    )
    expect(lineOf({ model: { name: 'pump', version: 2 } })).toBe('nomaly score pumps.csv --model pump@2')
  })

  it('says of several detectors which, how, and the parameters of each', () => {
    const detectors = [
      { id: 'knn', parameters: { nNeighbors: 9 } },
      { id: 'ecod', parameters: {} },
    ]
    const parameters = { detectors, combine: 'average', unify: 'rank', weights: [2, 1], nBuckets: null }
    const line = `${DETECT} --detector knn,ecod --combine average --unify rank --weights 2,1 --param knn.nNeighbors=9`
    expect(lineOf({ algorithm: 'ensemble', parameters })).toBe(line)
    expect(lineOf({ algorithm: 'ensemble', parameters: { ...parameters, combine: 'stack' } })).toBeUndefined()
  })

  it('says of series which columns, and every how long', () => {
    const series = { time: 'at', value: 'flow', key: 'pump', entities: [] }
    expect(lineOf({ series, algorithm: 'stl, sub-kmeans', options: { stepMs: 300_000, smooth: 3 } })).toBe(
      'nomaly detect pumps.csv --time at --value flow --key pump --step 300000ms --smooth 3',
    )
  })

  it('says nothing where flags cannot', () => {
    expect(lineOf({ columns: ['a,b'] })).toBeUndefined()
    expect(lineOf({ parameters: { shape: [1, 2] } })).toBeUndefined()
  })

  it('quotes what a shell would take for something else', () => {
    const words = ['a b', "it's", '$(rm -rf x)', '`x`', '', '\\', '"', 'ä\n;', '*', '--param', 'x=1']
    const read = execFileSync('sh', ['-c', `printf '%s\\0' ${commandLine(words)}`], { encoding: 'utf8' })
    expect(read.split('\0').slice(0, -1)).toEqual(words)
  })
})
