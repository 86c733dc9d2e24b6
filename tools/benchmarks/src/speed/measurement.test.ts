import { expect, test } from 'vitest'

import { measureOurs } from './measure-ours.ts'
import { parseMeasurement } from './measurement.ts'

test('what a measuring process prints can be read back', async () => {
  const measured = await measureOurs({
    detector: 'hbos',
    parameters: {},
    fitScoresTrainingRows: true,
    size: { rows: 300, columns: 2 },
    seed: 1,
    quietSeconds: 0,
  })
  expect(parseMeasurement(JSON.stringify(measured))).toEqual(measured)
})

test('anything else is refused with its text', () => {
  expect(() => parseMeasurement('Traceback ...')).toThrow('not a measurement: Traceback')
  expect(() => parseMeasurement('{"rocAuc":2}')).toThrow('not a measurement')
})
