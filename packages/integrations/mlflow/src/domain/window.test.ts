import { expect, it } from 'vitest'

import { MlflowError } from './errors.ts'
import { windowOf } from './window.ts'

it('keeps the values in order and leaves the argument alone', () => {
  const values = [2, 3, 5]
  const window = windowOf(values)
  values.push(7)

  expect([...window]).toEqual([2, 3, 5])
  expect(Object.isFrozen(window)).toBe(true)
})

it.each([
  { values: [], code: 'mlflow/empty-window', details: {} },
  { values: [1, Number.NaN], code: 'mlflow/non-finite', details: { index: 1 } },
  { values: [Number.POSITIVE_INFINITY], code: 'mlflow/non-finite', details: { index: 0 } },
])('refuses $values with $code', ({ values, code, details }) => {
  const refused = (): unknown => {
    try {
      return windowOf(values)
    } catch (error) {
      return error
    }
  }

  expect(refused()).toMatchObject({ code, details })
  expect(MlflowError.is(refused())).toBe(true)
})
