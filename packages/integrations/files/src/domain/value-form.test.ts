import { expect, it } from 'vitest'

import { valueForm } from './value-form.ts'

it.each([
  ['1,5', 'a number with a decimal comma'],
  ['1,234,567.8', 'a number with thousands separators'],
  ['0x1F', 'a number in hexadecimal, octal or binary'],
  ['12 %', 'a percentage'],
  ['2026-11-20', 'a date'],
  ['20.11.2026 10:00', 'a date'],
  ['10:30', 'a time of day'],
  ['12abc', 'a number followed by text'],
  ['€ 5', 'an amount with a currency sign'],
  ['secret', 'text of 6 characters'],
  ['x', 'text of 1 character'],
])('describes %j as %s, without giving it away', (value, form) => {
  expect(valueForm(value)).toBe(form)
})
