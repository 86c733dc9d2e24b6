import type { Expectation } from '../../../domain/expectation.ts'
import { secondsOf } from './freshness-of-dbt.ts'

type Members = Readonly<Record<string, unknown>>

/** Names of arguments that are not Great Expectations'. */
const RENAMED: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    column_type: 'type',
    column_type_list: 'type_list',
    compare_model: 'other_table_name',
    column_a: 'column_A',
    column_b: 'column_B',
  }),
)

/** Tests that count different values. */
const DISTINCT_COUNTS: ReadonlyMap<string, (value: unknown) => Members> = new Map([
  ['expect_column_distinct_count_to_equal', (value): Members => ({ minValue: value, maxValue: value })],
  ['expect_column_distinct_count_to_be_greater_than', (value): Members => ({ minValue: value, strictMin: true })],
  ['expect_column_distinct_count_to_be_less_than', (value): Members => ({ maxValue: value, strictMax: true })],
])

/** Tests of the same name whose arguments mean something else. */
const DIFFERENT: ReadonlySet<string> = new Set([
  'expect_column_values_to_be_within_n_stdevs',
  'expect_column_quantile_values_to_be_between',
  'expect_column_values_to_be_within_n_moving_stdevs',
])

/** The expectation of a test of dbt_expectations, whose names and arguments are mostly Great Expectations'. */
export function fromDbtExpectations(
  name: string,
  args: Members,
  column: string | undefined,
): Pick<Expectation, 'type' | 'kwargs'> | string {
  if (name === 'expect_row_values_to_have_recent_data') {
    const maxAgeSeconds = secondsOf(args['interval'], args['datepart'])
    if (maxAgeSeconds === undefined) return `intervals of ${JSON.stringify(args['datepart'])} have no fixed length`
    return { type: 'expectColumnMaxToBeRecent', kwargs: { column, maxAgeSeconds, rowCondition: args['row_condition'] } }
  }
  const bounds = DISTINCT_COUNTS.get(name)
  if (bounds !== undefined) {
    const { value, ...rest } = args
    const given = Object.fromEntries(Object.entries(rest).map(([key, one]) => [camelCase(key), one]))
    return { type: 'expectColumnUniqueValueCountToBeBetween', kwargs: { column, ...given, ...bounds(value) } }
  }
  if (DIFFERENT.has(name)) return 'it has no expectation of ours'
  const { strictly, ...rest } = args
  const isRange = rest['min_value'] !== undefined || rest['max_value'] !== undefined
  const named = Object.entries(rest).map(
    ([key, value]) => [camelCase(RENAMED.get(key) ?? key), valueOf(key, value)] as const,
  )
  return {
    type: camelCase(name),
    kwargs: {
      ...(column === undefined ? {} : { column }),
      ...Object.fromEntries(named.filter(([, value]) => value !== null)),
      ...(strictly === undefined ? {} : isRange ? strictBounds(rest, strictly) : { strictly }),
    },
  }
}

function strictBounds({ min_value: least, max_value: most }: Members, strictly: unknown): Members {
  return {
    ...((least ?? null) === null ? {} : { strictMin: strictly }),
    ...((most ?? null) === null ? {} : { strictMax: strictly }),
  }
}

function valueOf(key: string, value: unknown): unknown {
  if (key === 'ignore_row_if' && typeof value === 'string') return camelCase(value)
  return value
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
