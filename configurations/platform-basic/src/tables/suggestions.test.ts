import { memoryEngine as profileEngine, profileTable, recordsTable as profileRecords } from '@nomaly/data-profiling'
import { memoryEngine, recordsTable, type Suggestion, suggestExpectations, validate } from '@nomaly/data-quality'
import { documentText, parseSuite } from '@nomaly/data-quality/node'
import fc from 'fast-check'
import { expect, it } from 'vitest'

type Row = Readonly<Record<string, unknown>>

async function suggested(rows: ReadonlyArray<Row>, confidence = 0.95): Promise<ReadonlyArray<Suggestion>> {
  const engine = profileEngine(profileRecords(rows))
  const options = { top: 50, correlations: false, duplicates: false, shownRows: 0 }
  return suggestExpectations(await profileTable({ engine, now: () => 0 }, options), { confidence })
}

async function unmet(
  suggestions: ReadonlyArray<Suggestion>,
  rows: ReadonlyArray<Row>,
): Promise<ReadonlyArray<unknown>> {
  const suite = { name: 's', expectations: suggestions.map(({ expectation }) => expectation) }
  const { results } = await validate(suite, memoryEngine(recordsTable(rows)), { strict: true })
  return results.filter(({ success }) => !success).map(({ expectation, result }) => [expectation, result])
}

const cell = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c', '', 'ä𝄞', ' x ', "it's") },
  fc.constantFrom(
    null,
    undefined,
    true,
    false,
    0,
    -0,
    1,
    2.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2n ** 60n,
    -(2n ** 53n) - 1n,
  ),
  fc.double(),
  fc.date({ noInvalidDate: false }),
  fc.uuid(),
  fc.emailAddress(),
)
// Columns of one kind with holes, and columns of anything.
const columnOf = (rows: number): fc.Arbitrary<ReadonlyArray<unknown>> => {
  const filled = (value: fc.Arbitrary<unknown>): fc.Arbitrary<ReadonlyArray<unknown>> =>
    fc.array(fc.option(value, { freq: 8 }), { minLength: rows, maxLength: rows })
  return fc.oneof(
    filled(fc.integer({ min: -5, max: 5 })),
    filled(fc.double()),
    filled(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n })),
    filled(fc.constantFrom('red', 'green', 'blue', '')),
    filled(fc.string({ maxLength: 5 })),
    filled(fc.boolean()),
    filled(fc.date()),
    filled(fc.uuid()),
    fc.constant(Array.from({ length: rows }, (_, i) => i)),
    fc.constant(Array.from({ length: rows }, () => null)),
    filled(cell),
  )
}
const table = fc
  .nat(120)
  .chain((rows) => fc.array(columnOf(rows), { minLength: 1, maxLength: 4 }).map((columns) => ({ rows, columns })))
  .map(({ rows, columns }) =>
    Array.from({ length: rows }, (_, i) =>
      Object.fromEntries(columns.map((values, k) => [`c,${k}: \ud800`, values[i]])),
    ),
  )

it('suggests for any table what that table meets, and the file keeps it', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const suggestions = await suggested(rows)
      expect(await unmet(suggestions, rows)).toEqual([])
      const suite = { name: 's', expectations: suggestions.map(({ expectation }) => expectation) }
      expect(parseSuite(documentText(suite, 'yaml'))).toEqual(suite)
      const kept = parseSuite(documentText(suite, 'json'), { format: 'json' })
      const { success } = await validate(kept, memoryEngine(recordsTable(rows)), { strict: true })
      expect(success).toBe(true)
    }),
    { numRuns: 100 },
  )
})

function randomFrom(start: number): () => number {
  let seed = start
  return () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
}

// A source with a column of each kind that is awkward: rare values, rare holes, heavy tails.
function sample(random: () => number, rows: number): ReadonlyArray<Row> {
  const rare = (share: number): boolean => random() < share
  return Array.from({ length: rows }, (_, i) => {
    const u = random()
    return {
      id: i,
      amount: Math.round(100 / Math.sqrt(random())) / 100,
      status: rare(0.003) ? `odd${Math.floor(random() * 40)}` : ['paid', 'open', 'lost'][Math.floor(u ** 3 * 3)],
      note: rare(0.3) ? null : 'x'.repeat(1 + Math.floor(random() * 9)),
      size: rare(0.004) ? null : Math.floor(random() * 6),
      at: new Date(1.7e12 + Math.floor(random() * 1e9)),
      code: rare(0.002)
        ? 'none'
        : `${Math.floor(random() * 1e8)}-0000-4000-8000-000000000000`.padStart(45, '0').slice(-36),
    }
  })
}

it.each([0.9, 0.6])('holds for the next table of a source at least as often as it says: %f', async (confidence) => {
  const random = randomFrom(11)
  const trials = 60
  let held = 0
  for (let i = 0; i < trials; i++) {
    const suggestions = await suggested(sample(random, 400), confidence)
    expect(suggestions.length).toBeGreaterThan(15)
    if ((await unmet(suggestions, sample(random, 400))).length === 0) held++
  }
  // Two standard errors of so many trials.
  expect(held / trials).toBeGreaterThan(confidence - 2 * Math.sqrt((confidence * (1 - confidence)) / trials))
})

it('would notice a source that changed', async () => {
  const random = randomFrom(5)
  const suggestions = await suggested(sample(random, 400))
  const changed = sample(random, 400).map((row, i) => ({
    ...row,
    ...(i % 10 === 0 ? { status: 'new', size: null } : {}),
  }))
  expect((await unmet(suggestions, changed)).length).toBeGreaterThanOrEqual(2)
})
