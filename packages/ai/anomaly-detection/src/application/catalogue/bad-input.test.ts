import { describe, expect, it } from 'vitest'

import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { configureDetector, describeDetectors, describeEnsembles, detectorIds } from './catalogue.ts'

type Schema = Readonly<Record<string, unknown>>

const random = seededRandom(12)
const x = { data: Float64Array.from({ length: 60 }, random), rows: 20, columns: 3 }
const none = { data: new Float64Array(), rows: 0, columns: 3 }

// What a parameter's description leaves out: at its ends, far off, of another kind.
function outsideOf(schema: Schema): ReadonlyArray<unknown> {
  const ends = [schema, ...branchesOf(schema)].flatMap(({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }) => [
    ...[minimum, maximum].filter((end) => typeof end === 'number').flatMap((end) => [end - 1, end - 1e-3, end + 1]),
    exclusiveMinimum,
    exclusiveMaximum,
  ])
  const others = [-1, 0, 1.5, -1e300, 1e300, Number.NaN, Infinity, 'nonsense', '5', true, null, [], {}, [null]]
  return [...ends, ...others].filter((value) => value !== undefined && !accepts(schema, value))
}

function branchesOf({ anyOf }: Schema): ReadonlyArray<Schema> {
  return Array.isArray(anyOf) ? anyOf.filter((branch) => typeof branch === 'object') : []
}

/** The part of JSON Schema that the descriptions are written in. */
function accepts(schema: Schema, value: unknown): boolean {
  const branches = branchesOf(schema)
  if (branches.length > 0) return branches.some((branch) => accepts(branch, value))
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value)
  switch (schema['type']) {
    case 'integer':
    case 'number':
      return isNumberWithin(schema, value)
    case 'array':
      return Array.isArray(value) && value.every((item) => accepts({ ...(schema['items'] as object) }, item))
    default:
      return schema['type'] === (value === null ? 'null' : typeof value)
  }
}

function isNumberWithin(schema: Schema, value: unknown): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false
  if (schema['type'] === 'integer' && !Number.isSafeInteger(value)) return false
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = schema
  return (
    value >= Number(minimum) &&
    value <= Number(maximum) &&
    (exclusiveMinimum === -Infinity || value > Number(exclusiveMinimum)) &&
    (exclusiveMaximum === Infinity || value < Number(exclusiveMaximum))
  )
}

const described = [...describeDetectors(), ...describeEnsembles()].flatMap(({ id, parameters }) =>
  Object.entries({ ...(parameters['properties'] as object) }).map(
    ([name, schema]) => [id, name, schema as Schema] as const,
  ),
)

describe('a parameter that is not in its range', () => {
  it('is known of every detector that has any', () => {
    expect(new Set(described.map(([id]) => id)).size).toBeGreaterThan(20)
  })

  it.each(described)('%s: %s is refused by name, as it is described', (id, name, schema) => {
    const outside = outsideOf(schema)
    expect(outside.length).toBeGreaterThan(2)
    for (const value of outside) {
      const configure = () => configureDetector(id, { [name]: value })
      expect(configure, `${name} = ${String(value)}`).toThrow(`parameters of ${id}: `)
      expect(configure).toThrow(name)
      expect(configure).toThrow(expect.objectContaining({ code: 'anomaly-detection/invalid-parameters' }))
    }
  })
})

describe.each([...detectorIds, 'ensemble', 'auto'])('%s', (id) => {
  it('refuses a matrix of no rows, to learn from and to score', () => {
    expect(() => configureDetector(id).fit(none)).toThrow(/no row/)
    const score = () => configureDetector(id).fit(x).score(none)
    expect(score).toThrow(expect.objectContaining({ code: 'anomaly-detection/empty-dataset' }))
  })

  it('refuses what is no number by its row and column, to score as well', () => {
    const data = x.data.slice()
    data[7] = -Infinity
    expect(() => configureDetector(id).fit({ ...x, data })).toThrow('row 2, column 1 is -Infinity')
    expect(() =>
      configureDetector(id)
        .fit(x)
        .score({ ...x, data }),
    ).toThrow('row 2, column 1 is -Infinity')
  })
})
