/** What every anomaly detector promises, whatever it computes. */
import * as fc from 'fast-check'

/** Row-major, shape (rows, columns). */
export interface LawMatrix {
  readonly data: Float64Array
  readonly rows: number
  readonly columns: number
}

/** A detector with its parameters and its source of randomness already chosen. */
export interface DetectorUnderLaw<State> {
  readonly fit: (
    x: LawMatrix,
    seed: number,
    signal?: AbortSignal,
  ) => { readonly state: State; readonly trainingScores: () => Float64Array }
  readonly score: (state: State, x: LawMatrix, signal?: AbortSignal) => Float64Array
}

/** Promises that not every detector makes. */
export interface DetectorLawOptions {
  /** Training rows in another order get the same scores (to 1e-9 relative, on data without ties). Default true. */
  readonly rowOrderInvariant?: boolean
  /** A row's score does not depend on the rows it is scored together with. Default true. */
  readonly scoresRowsAlone?: boolean
}

/** A test runner's `it`. */
export type Case = (title: string, run: () => void) => void

/** States the laws of one detector as cases of the runner in use. */
export function detectorLaws<State>(
  it: Case,
  name: string,
  make: () => DetectorUnderLaw<State>,
  { rowOrderInvariant = true, scoresRowsAlone = true }: DetectorLawOptions = {},
): void {
  const law = (title: string, run: (detector: DetectorUnderLaw<State>) => void): void => {
    it(`${name} ${title}`, () => run(make()))
  }

  law('gives every training row and every new row one finite score', (detector) => {
    fc.assert(
      fc.property(anyMatrices, ({ train, fresh }) => {
        const { state, trainingScores } = detector.fit(train, 1)
        mustBeFinite(trainingScores(), train.rows, 'training scores')
        mustBeFinite(detector.score(state, train), train.rows, 'scores of the training rows')
        mustBeFinite(detector.score(state, fresh), fresh.rows, 'scores of new rows')
      }),
    )
  })

  for (const [title, matrix] of edgeCases) {
    law(`copes with ${title}`, (detector) => {
      const { state, trainingScores } = detector.fit(matrix, 1)
      mustBeFinite(trainingScores(), matrix.rows, 'training scores')
      for (const value of [0, 1e6, -1e300, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE]) {
        const far = matrixOf(3, matrix.columns, () => value)
        mustBeFinite(detector.score(state, far), 3, `scores of rows of ${value}`)
      }
    })
  }

  law('puts a planted outlier among its three highest training scores', (detector) => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = randomOf(seed)
      const at = Math.floor(random() * CLOUD_ROWS)
      const train = matrixOf(CLOUD_ROWS, 4, (row) => (row === at ? 40 + random() : bell(random)))
      const scores = detector.fit(train, seed).trainingScores()
      const above = scores.filter((score) => score >= (scores[at] ?? 0)).length
      must(above <= 3, `outlier at row ${at} is number ${above} of ${CLOUD_ROWS} (seed ${seed})`)
    }
  })

  law('scores a new row far outside above 95 % of the rows it learned from', (detector) => {
    const train = cloud(7)
    const { state } = detector.fit(train, 7)
    const scores = detector.score(state, train)
    for (const distance of [40, -40, 1e9]) {
      const far =
        detector.score(
          state,
          matrixOf(1, train.columns, () => distance),
        )[0] ?? Number.NaN
      const below = scores.filter((score) => score < far).length
      must(below >= 0.95 * train.rows, `a row at ${distance} scores above ${below} of ${train.rows} rows only`)
    }
  })

  law('gives the same scores for the same seed', (detector) => {
    fc.assert(
      fc.property(anyMatrices, fc.nat(), ({ train, fresh }, seed) => {
        const [first, second] = [detector.fit(train, seed), detector.fit(train, seed)]
        mustBeEqual(first.trainingScores(), second.trainingScores(), 'training scores')
        mustBeEqual(detector.score(first.state, fresh), detector.score(second.state, fresh), 'scores of new rows')
      }),
      { numRuns: 30 },
    )
  })

  law('leaves its input as it was', (detector) => {
    fc.assert(
      fc.property(anyMatrices, ({ train, fresh }) => {
        const [trainBefore, freshBefore] = [train.data.slice(), fresh.data.slice()]
        const { state, trainingScores } = detector.fit(train, 1)
        trainingScores()
        detector.score(state, fresh)
        mustBeEqual(train.data, trainBefore, 'training data')
        mustBeEqual(fresh.data, freshBefore, 'new data')
      }),
      { numRuns: 30 },
    )
  })

  law('keeps what it learned when the caller writes over the training data', (detector) => {
    const [train, fresh] = [cloud(8), cloud(9)]
    const { state } = detector.fit(train, 1)
    const before = detector.score(state, fresh)
    train.data.fill(1)
    mustBeEqual(detector.score(state, fresh), before, 'scores of new rows')
  })

  law('has a state that survives a structured clone to the bit', (detector) => {
    const { state } = detector.fit(cloud(10), 1)
    const fresh = cloud(11)
    mustBeEqual(detector.score(structuredClone(state), fresh), detector.score(state, fresh), 'scores')
  })

  law('stops when told to', (detector) => {
    const train = cloud(12)
    const { state } = detector.fit(train, 1)
    const signal = AbortSignal.abort()
    mustBeCancelled(() => detector.fit(train, 1, signal).trainingScores(), 'fit')
    mustBeCancelled(() => detector.score(state, train, signal), 'score')
  })

  if (rowOrderInvariant) {
    law('does not care for the order of the training rows', (detector) => {
      const train = cloud(13)
      const order = shuffled(train.rows, randomOf(14))
      const moved = matrixOf(
        train.rows,
        train.columns,
        (row, column) => train.data[(order[row] ?? 0) * train.columns + column] ?? 0,
      )
      const before = detector.fit(train, 1).trainingScores()
      const after = detector.fit(moved, 1).trainingScores()
      for (const [to, from] of order.entries()) mustBeNear(after[to], before[from], `score of row ${from}`)
    })
  }

  if (scoresRowsAlone) {
    law('scores a row alone as among others', (detector) => {
      const { state } = detector.fit(cloud(15), 1)
      const fresh = cloud(16)
      const together = detector.score(state, fresh)
      const wild = matrixOf(2, fresh.columns, (row, column) => (row === 0 ? 1e300 : (fresh.data[column] ?? 0)))
      const { columns } = fresh
      for (let row = 0; row < fresh.rows; row += 17) {
        const alone = { data: fresh.data.slice(row * columns, (row + 1) * columns), rows: 1, columns }
        mustBeEqual(detector.score(state, alone), together.slice(row, row + 1), `score of row ${row}`)
      }
      mustBeEqual(detector.score(state, wild).slice(1), together.slice(0, 1), 'score of row 0 beside a wild one')
    })
  }
}

const CLOUD_ROWS = 200

const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 4, arbitrary: fc.double({ min: -1e3, max: 1e3, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.constantFrom(1e300, -1e300, 1e-310, Number.MIN_VALUE, Number.MAX_VALUE, -0) },
)

const rowsOf = (columns: number): fc.Arbitrary<LawMatrix> =>
  fc
    .array(fc.array(value, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 40 })
    .map((rows) => ({ data: Float64Array.from(rows.flat()), rows: rows.length, columns }))

/** Training rows and new rows of the same width, with ties, constants, extremes and few rows among them. */
const anyMatrices: fc.Arbitrary<{ readonly train: LawMatrix; readonly fresh: LawMatrix }> = fc
  .integer({ min: 1, max: 5 })
  .chain((columns) => fc.record({ train: rowsOf(columns), fresh: rowsOf(columns) }))

const edgeCases: ReadonlyArray<readonly [string, LawMatrix]> = [
  ['one row', matrixOf(1, 3, (_, column) => column)],
  ['one value', matrixOf(1, 1, () => 5)],
  ['two rows', matrixOf(2, 2, (row) => row)],
  ['fewer rows than neighbours', matrixOf(4, 2, (row, column) => row * (column + 1))],
  ['fewer rows than columns', matrixOf(3, 12, (row, column) => Math.sin(row * 12 + column))],
  ['one column', matrixOf(60, 1, (row) => Math.sin(row))],
  ['rows that are all alike', matrixOf(60, 3, (_, column) => column + 0.1)],
  ['a heap of duplicates', matrixOf(60, 2, (row) => (row < 50 ? 1 : row))],
  ['a constant column', matrixOf(60, 3, (row, column) => (column === 1 ? 0.1 : Math.sin(row + column)))],
  ['columns that repeat each other', matrixOf(60, 3, (row) => Math.sin(row))],
  ['values near the largest double', matrixOf(60, 2, (row, column) => 1.7e308 * Math.sin(row + 7 * column))],
  ['values of 1e300 beside small ones', matrixOf(60, 2, (row, column) => (row === 5 ? 1e300 : Math.sin(row + column)))],
  ['denormal values', matrixOf(60, 2, (row, column) => Number.MIN_VALUE * ((row * (column + 1)) % 7))],
  [
    'columns of very different units',
    matrixOf(60, 2, (row, column) => Math.sin(row) * (column === 0 ? 1e-300 : 1e200)),
  ],
]

function matrixOf(rows: number, columns: number, at: (row: number, column: number) => number): LawMatrix {
  const data = new Float64Array(rows * columns)
  for (let i = 0; i < data.length; i++) data[i] = at(Math.floor(i / columns), i % columns)
  return { data, rows, columns }
}

/** Rows around 0 with spread 1 and no ties. */
function cloud(seed: number): LawMatrix {
  const random = randomOf(seed)
  return matrixOf(CLOUD_ROWS, 4, () => bell(random))
}

function bell(random: () => number): number {
  let sum = -6
  for (let i = 0; i < 12; i++) sum += random()
  return sum
}

/** Park and Miller's generator: the same rows on every machine. */
function randomOf(seed: number): () => number {
  let state = seed * 7919 + 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

function shuffled(n: number, random: () => number): ReadonlyArray<number> {
  const keys = Array.from({ length: n }, (_, index) => ({ index, key: random() }))
  return keys.sort((a, b) => a.key - b.key).map(({ index }) => index)
}

function must(condition: boolean, message: string): void {
  if (!condition) throw new Error(message)
}

function mustBeFinite(scores: Float64Array, rows: number, what: string): void {
  must(scores instanceof Float64Array && scores.length === rows, `${what}: ${scores.length} for ${rows} rows`)
  const bad = scores.findIndex((score) => !Number.isFinite(score))
  must(bad === -1, `${what}: row ${bad} has ${scores[bad]}`)
}

function mustBeEqual(actual: Float64Array, expected: Float64Array, what: string): void {
  must(actual.length === expected.length, `${what}: ${actual.length} instead of ${expected.length}`)
  const bad = actual.findIndex((score, row) => !Object.is(score, expected[row]))
  must(bad === -1, `${what}: ${actual[bad]} instead of ${expected[bad]} at ${bad}`)
}

function mustBeNear(actual: number | undefined, expected: number | undefined, what: string): void {
  const [a, b] = [actual ?? Number.NaN, expected ?? Number.NaN]
  must(Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)), `${what}: ${a} instead of ${b}`)
}

function mustBeCancelled(run: () => unknown, what: string): void {
  try {
    run()
  } catch (error) {
    must(error instanceof Error && 'code' in error, `${what}: ${String(error)} has no code`)
    const code = (error as Error & { readonly code: unknown }).code
    must(code === 'anomaly-detection/cancelled', `${what}: stopped with ${String(code)}`)
    return
  }
  throw new Error(`${what} went on`)
}
