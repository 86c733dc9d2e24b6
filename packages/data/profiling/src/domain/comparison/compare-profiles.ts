import type { ColumnProfile } from '../column-profile.ts'
import { ProfilingError } from '../errors.ts'
import type { Profile } from '../profile.ts'
import { benjaminiHochberg } from '../significance/benjamini-hochberg.ts'
import { missingTest, type RawTest, valuesTest } from './column-tests.ts'
import type { DriftTest, ProfileComparison, SchemaDifference } from './profile-comparison.ts'

/** How profiles are compared. */
export interface CompareOptions {
  /** The share of drifted columns that may be false, above 0 and below 1; default 0.05. */
  readonly falseDiscoveryRate?: number | undefined
}

/**
 * How a table differs from a reference, from the two profiles alone. A column drifts when its p-value, adjusted for all tests
 * of the comparison, is at most the false discovery rate, and, beyond 1,000 rows of reference, its distance is large enough
 * to matter. With `sketches: true` the distributions are finer; without them the histograms do.
 * @throws ProfilingError `profiling/invalid-options` for a rate outside (0, 1)
 */
export function compareProfiles(
  reference: Profile,
  current: Profile,
  { falseDiscoveryRate = 0.05 }: CompareOptions = {},
): ProfileComparison {
  if (!(falseDiscoveryRate > 0 && falseDiscoveryRate < 1)) {
    throw new ProfilingError('profiling/invalid-options', 'falseDiscoveryRate: give a share above 0 and below 1', {
      issues: [{ path: 'falseDiscoveryRate', message: 'expected a share above 0 and below 1' }],
    })
  }
  const pairs = reference.columns.flatMap((before) => {
    const after = current.columns.find(({ name }) => name === before.name)
    return after === undefined ? [] : [{ before, after }]
  })
  const tests = pairs.flatMap(({ before, after }) => [valuesTest(before, after), missingTest(before, after)])
  const judged = judgedTests(tests, falseDiscoveryRate)
  const columns = pairs.map(({ before, after }, i) => ({
    column: before.name,
    type: after.type,
    values: judged[2 * i] ?? NOT_TESTED,
    missing: {
      ...(judged[2 * i + 1] ?? NOT_TESTED),
      referenceShare: missingShare(before),
      currentShare: missingShare(after),
    },
  }))
  return {
    formatVersion: 1,
    reference: sideOf(reference),
    current: sideOf(current),
    falseDiscoveryRate,
    schema: schemaDifference(reference, current, pairs),
    columns,
    drifted: columns.filter(({ values }) => values.outcome === 'drift').length,
    tested: columns.filter(({ values }) => values.outcome !== 'none').length,
  }
}

const NOT_TESTED: DriftTest = { outcome: 'none', reason: 'not tested' }

function judgedTests(tests: ReadonlyArray<RawTest>, rate: number): ReadonlyArray<DriftTest> {
  const made = tests.flatMap((test, i) => ('test' in test ? [{ test, i }] : []))
  const adjusted = benjaminiHochberg(made.map(({ test }) => test.pValue))
  const byPlace = new Map(made.map(({ i }, at) => [i, adjusted[at] ?? 1]))
  return tests.map((test, i): DriftTest => {
    if (!('test' in test)) return { outcome: 'none', reason: test.reason }
    const adjustedPValue = byPlace.get(i) ?? 1
    const isFar = test.distanceThreshold === null || test.distance >= test.distanceThreshold
    return { outcome: adjustedPValue <= rate && isFar ? 'drift' : 'stable', ...test, adjustedPValue }
  })
}

function sideOf({ source, rows, createdAt }: Profile): ProfileComparison['reference'] {
  return { source, rows, createdAt }
}

function missingShare({ count, nulls }: ColumnProfile): number {
  return count + nulls === 0 ? 0 : nulls / (count + nulls)
}

function schemaDifference(
  reference: Profile,
  current: Profile,
  pairs: ReadonlyArray<{ readonly before: ColumnProfile; readonly after: ColumnProfile }>,
): SchemaDifference {
  const known = new Set(pairs.map(({ before }) => before.name))
  return {
    added: current.columns.map(({ name }) => name).filter((name) => !known.has(name)),
    removed: reference.columns.map(({ name }) => name).filter((name) => !known.has(name)),
    retyped: pairs
      .filter(({ before, after }) => before.physicalType !== after.physicalType)
      .map(({ before, after }) => ({
        column: before.name,
        reference: before.physicalType,
        current: after.physicalType,
      })),
    nowMissing: pairs
      .filter(({ before, after }) => before.nulls === 0 && after.nulls > 0)
      .map(({ before }) => before.name),
  }
}
