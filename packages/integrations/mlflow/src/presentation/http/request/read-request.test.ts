import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { field } from './fields.ts'
import { bodyFields, messageReader, queryFields } from './read-request.ts'

const shape = {
  name: field.requiredText(),
  at: field.int64(),
  value: field.requiredDouble(),
  list: field.list(z.object({ key: field.requiredText() })),
  names: field.texts(),
}
const read = messageReader(shape)
const refusal = (text: string): string => {
  try {
    read(bodyFields(text))
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  throw new Error('it was read')
}

describe('a message', () => {
  it('takes numbers as digits, null as absent, and ignores what it does not know', () => {
    const found = read(bodyFields('{"name":"n","at":"12","value":"NaN","list":null,"other":1}'))
    expect(found).toEqual({ name: 'n', at: 12, value: Number.NaN, list: [], names: [] })
    expect(read(bodyFields('{"name":"n","value":"-Infinity","at":null}')).value).toBe(-Infinity)
  })

  // the words of MLflow 3.17's server
  it.each([
    ['{"value":1}', "Missing value for required parameter 'name'."],
    ['{"name":"","value":1}', "Missing value for required parameter 'name'."],
    ['{"name":9.0,"value":1}', "Invalid value 9.0 for parameter 'name' supplied:  Hint: Value was of type 'float'."],
    [
      '{"name":{"b":1,"a":[]},"value":1}',
      `Invalid value {"a":[],"b":1} for parameter 'name' supplied:  Hint: Value was of type 'dict'.`,
    ],
    [
      '{"name":"n","value":true}',
      "Invalid value true for parameter 'value' supplied:  Hint: Value was of type 'bool'.",
    ],
    ['{"name":"n","value":1,"at":1.5}', "Invalid value 1.5 for parameter 'at' supplied"],
    ['{"name":"n","value":1,"list":"x"}', `Invalid value "x" for parameter 'list' supplied`],
    ['{"name":"n","value":1,"list":[{}]}', "Missing value for required parameter 'list[0].key'."],
  ])('%s is refused: %s', (text, message) => {
    expect(refusal(text).startsWith(message)).toBe(true)
    expect(refusal(text).endsWith(' See the API docs for more information about request parameters.')).toBe(true)
  })

  it('reads a query, where one value may be a list', () => {
    const fields = queryFields(new URLSearchParams('name=n&value=2&names=a'), shape)
    expect(read(fields)).toMatchObject({ name: 'n', value: 2, names: ['a'] })
  })
})
