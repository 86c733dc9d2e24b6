import { describe, expect, it } from 'vitest'

import type { OnnxPort } from '../../domain/onnx/read-model.ts'
import { boundInputs, fixedRows, suggestedFeatures, tensorsOf } from './onnx-inputs.ts'
import { boundOutput, readScores } from './onnx-outputs.ts'

const port = (name: string, type: string, ...dims: ReadonlyArray<number | string>): OnnxPort => ({ name, type, dims })
const refused = (code: string, message: RegExp): unknown =>
  expect.objectContaining({ code: `anomaly-detection/${code}`, message: expect.stringMatching(message) })

const matrix = port('X', 'float', '', 3)
const columns = [port('a', 'double', '', 1), port('b', 'int64', '', 1)]

describe('the inputs of a model', () => {
  it('take all features where there is one, and the feature of their name where there are several', () => {
    expect(boundInputs([matrix], ['a', 'b', 'c'], {})).toEqual([
      { name: 'X', type: 'float', columns: [0, 1, 2], isFlat: false },
    ])
    expect(boundInputs(columns, ['b', 'c', 'a'], {})).toEqual([
      { name: 'a', type: 'double', columns: [2], isFlat: false },
      { name: 'b', type: 'int64', columns: [0], isFlat: false },
    ])
  })

  it('take what they are told to', () => {
    const inputs = { X: { features: ['c', 'a', 'b'], dtype: 'float' as const } }

    expect(boundInputs([matrix], ['a', 'b', 'c', 'd'], { inputs })).toMatchObject([{ columns: [2, 0, 1] }])
  })

  it('tell the names of features, or how many there are', () => {
    expect(suggestedFeatures(columns, undefined)).toEqual(['a', 'b'])
    expect(suggestedFeatures([matrix], undefined)).toEqual(['column_1', 'column_2', 'column_3'])
    expect(suggestedFeatures([matrix], ['x', 'y', 'z'])).toEqual(['x', 'y', 'z'])
    expect(suggestedFeatures([port('X', 'float', 'n', 'd')], undefined)).toBeUndefined()
  })

  it.each([
    ['another width', [matrix], ['a', 'b'], {}, /'X' \(float \[\?, 3\]\) takes 3 columns, and 2 are given: a, b/],
    ['a feature that is not there', columns, ['a', 'c'], {}, /'b' \(int64 .*wants the feature 'b'; there are: a, c\./],
    ['an input that is not there', [matrix], ['a'], { inputs: { Y: {} } }, /no input 'Y'; there are: 'X' \(float/],
    ['another type', [matrix], ['a', 'b', 'c'], { inputs: { X: { dtype: 'double' } } }, /takes float, not double/],
    ['text', [port('color', 'string', '', 1)], ['color'], {}, /'color' takes string, and only numbers/],
    ['images', [port('X', 'float', '', 3, 8, 8)], ['a', 'b', 'c'], {}, /has 4 dimensions; rows have one or two/],
  ] as const)('refuse %s', (_, inputs, features, scoring, message) => {
    expect(() => boundInputs(inputs, features, scoring)).toThrow(refused('onnx-input-mismatch', message))
  })

  it('are given their own types, and the last row again where the model takes a fixed number', () => {
    const x = { data: Float64Array.of(0.1, 1, 0.2, 2, 0.3, 3), rows: 3, columns: 2 }
    const inputs = boundInputs(columns, ['a', 'b'], {})

    expect(tensorsOf(x, inputs, 1, 4)).toEqual({
      a: { type: 'double', dims: [4, 1], data: Float64Array.of(0.2, 0.3, 0.3, 0.3) },
      b: { type: 'int64', dims: [4, 1], data: BigInt64Array.of(2n, 3n, 3n, 3n) },
    })
    expect(fixedRows([port('X', 'float', 4, 2)])).toBe(4)
    expect(fixedRows(columns)).toBeUndefined()
    expect(() => tensorsOf({ ...x, data: x.data.map((value) => value / 2) }, inputs, 0, 3)).toThrow(
      refused('onnx-input-mismatch', /'b' takes int64, and one of its values is 0\.5/),
    )
  })
})

describe('the output of a model', () => {
  const label = port('label', 'int64', '', 1)
  const scores = port('scores', 'float', '', 1)

  it('is the only one that gives fractional numbers, where there is one', () => {
    expect(boundOutput([label, scores], { direction: 'lower' })).toEqual({
      name: 'scores',
      kind: 'score',
      direction: 'lower',
      column: undefined,
    })
  })

  it.each([
    [
      'two may be meant',
      [scores, port('score_samples', 'float')],
      { direction: 'lower' },
      /set 'output' to one\. Outputs: 'scores'.*'score_samples'/,
    ],
    ['none gives fractions', [label], { direction: 'lower' }, /none of its outputs gives fractional numbers/],
    ['the direction is not said', [scores], {}, /higher 'scores' more anomalous, or a lower one.*Set 'direction'/],
    ['it is not there', [scores], { output: 'score', direction: 'higher' }, /no output 'score'\. Outputs: 'scores'/],
    [
      'it gives no numbers',
      [port('output_probability', 'sequence')],
      { output: 'output_probability', direction: 'higher' },
      /gives sequence, which is no score/,
    ],
    [
      'it has several columns',
      [port('p', 'float', '', 2)],
      { direction: 'higher' },
      /2 columns: set 'column' to the one/,
    ],
    [
      'it lacks the column',
      [port('p', 'float', '', 2)],
      { direction: 'higher', column: 2 },
      /2 columns, and 'column' is 2/,
    ],
  ] as const)('is asked for where %s', (_, outputs, scoring, message) => {
    expect(() => boundOutput(outputs, scoring)).toThrow(refused('onnx-ambiguous-output', message))
  })

  const read = (dims: ReadonlyArray<number>, data: ReadonlyArray<number>, scoring: object, expected = [0]): unknown => {
    const result = new Float64Array(2)
    const output = boundOutput([port('y', 'double')], scoring)
    readScores({ type: 'double', dims, data: Float64Array.from(data) }, output, Float64Array.from(expected), 2, result)
    return [...result]
  }

  it('is read by row, with the most anomalous turned up', () => {
    expect(read([3], [1, 2, 3], { direction: 'higher' })).toEqual([1, 2])
    expect(read([2, 1], [1, 2], { direction: 'lower' })).toEqual([-1, -2])
    expect(read([2, 2], [1, 2, 3, 4], { direction: 'higher', column: 1 })).toEqual([2, 4])
    expect(read([2], [Infinity, -Infinity], { direction: 'higher' })).toEqual([Number.MAX_VALUE, -Number.MAX_VALUE])
  })

  it('is held against the row where it is the row again', () => {
    // ((1-0)^2 + (2-2)^2) / 2 = 0.5, ((0-3)^2 + (0-1)^2) / 2 = 5
    expect(read([2, 2], [1, 2, 0, 0], { kind: 'reconstruction' }, [0, 2, 3, 1])).toEqual([0.5, 5])
    expect(() => read([2, 1], [1, 2], { kind: 'reconstruction' }, [0, 2, 3, 1])).toThrow(
      refused('onnx-ambiguous-output', /1 columns and the rows have 2, so it is not the row again/),
    )
  })

  it('is refused where it turns out to have several columns, or is no number', () => {
    expect(() => read([2, 2], [1, 2, 3, 4], { direction: 'higher' })).toThrow(
      refused('onnx-ambiguous-output', /2 columns/),
    )
    expect(() => read([2], [1, Number.NaN], { direction: 'higher' })).toThrow(refused('onnx-failed', /gives NaN/))
  })
})
