import { describe, expect, it } from 'vitest'

import { AnomalyDetectionError } from '../../domain/errors.ts'
import { isOverLimit, shareText } from './fail-limit.ts'
import { inFileTerms } from './in-file-terms.ts'
import { parametersText } from './parameter-text.ts'
import { rankedAnomalies } from './ranked-anomalies.ts'

const told = (code: AnomalyDetectionError['code'], details: Readonly<Record<string, unknown>>): unknown => {
  const error = inFileTerms(new AnomalyDetectionError(code, 'as it was', details), 'f.csv')
  return error instanceof Error ? error.message : error
}

describe('inFileTerms', () => {
  it('names the file, the line or else the row from 1, and the flag that helps', () => {
    const at = { row: 4, column: 0, feature: 'x' }
    expect(told('anomaly-detection/missing-value', { ...at, line: 7 })).toMatch(
      /^f\.csv: line 7, column "x": there is no value; .*--missing drop/,
    )
    expect(told('anomaly-detection/non-finite', at)).toMatch(/^f\.csv: row 5, column "x": this is infinite/)
    expect(told('anomaly-detection/unknown-category', { row: 0, column: 'c' })).toMatch(/^f\.csv: row 1, column "c"/)
    expect(told('anomaly-detection/no-numeric-column', { ignored: ['c'] })).toMatch(/c \(--encode onehot/)
    expect(told('anomaly-detection/invalid-label', { line: 2 })).toBe('f.csv: as it was')
  })

  it('leaves the errors of others alone', () => {
    const error = new Error('x')
    expect(inFileTerms(error, 'f.csv')).toBe(error)
  })
})

it('parametersText tells default, range and meaning', () => {
  const properties = {
    n: { default: 5, type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'neighbours' },
    share: { default: 0.1, exclusiveMinimum: 0, exclusiveMaximum: 1 },
    method: { default: 'mean', enum: ['mean', 'median'] },
    flag: { default: false, type: 'boolean' },
    either: { default: 1, anyOf: [{ minimum: 1 }, { exclusiveMinimum: 0, maximum: 1 }] },
  }
  expect(parametersText(properties).split('; ')).toEqual([
    'n=5 (1..): neighbours',
    'share=0.1 (>0..<1)',
    'method="mean" (mean, median)',
    'flag=false (true, false)',
    'either=1 (1.. or >0..1)',
  ])
})

it('rankedAnomalies ranks by score, then by row, only what is above the threshold', () => {
  expect([...rankedAnomalies(Float64Array.of(1, 3, 2, 3, 1.5), 1.5)]).toEqual([1, 3, 2])
})

it('limits hold from the stated number or share on', () => {
  expect(isOverLimit(1, 200, { kind: 'share', share: 0.005 })).toBe(true)
  expect(isOverLimit(0, 200, { kind: 'share', share: 0.005 })).toBe(false)
  expect(isOverLimit(2, 200, { kind: 'rows', rows: 2 })).toBe(true)
  expect(shareText(149, 18_914)).toBe('0.79%')
})
