import { QualityError } from '../../../domain/errors.ts'
import type { Expectation } from '../../../domain/expectation.ts'
import { parseRowCondition } from '../../../domain/row-condition.ts'
import { wordOf } from '../untrusted-words.ts'
import { secondsOf } from './freshness-of-dbt.ts'
import { fromDbtExpectations } from './from-dbt-expectations.ts'

type Members = Readonly<Record<string, unknown>>
type Found = Pick<Expectation, 'type' | 'kwargs'> | string
/** A test: its arguments, and its column where it has one. */
type Reader = (args: Members, column: string) => Found

/** Arguments that a test of ours understands; another one would change the outcome. */
const ARGUMENTS: ReadonlyMap<string, ReadonlyArray<string>> = new Map(
  Object.entries<ReadonlyArray<string>>({
    unique: [],
    not_null: [],
    accepted_values: ['values'],
    relationships: ['to', 'field'],
    'dbt_utils.unique_combination_of_columns': ['combination_of_columns'],
    'dbt_utils.accepted_range': ['min_value', 'max_value', 'inclusive'],
    'dbt_utils.not_accepted_values': ['values'],
    'dbt_utils.not_null_proportion': ['at_least', 'at_most'],
    'dbt_utils.not_empty_string': ['trim_whitespace'],
    'dbt_utils.not_constant': [],
    'dbt_utils.at_least_one': [],
    'dbt_utils.expression_is_true': ['expression'],
    'dbt_utils.equal_rowcount': ['compare_model'],
    'dbt_utils.equality': ['compare_model', 'compare_columns'],
    'dbt_utils.recency': ['datepart', 'field', 'interval'],
    'dbt_utils.relationships_where': ['to', 'field', 'from_condition'],
  }),
)

const OF_COLUMNS: ReadonlyMap<string, Reader> = new Map(
  Object.entries<Reader>({
    unique: (_, column) => ({ type: 'expectColumnValuesToBeUnique', kwargs: { column } }),
    not_null: (_, column) => ({ type: 'expectColumnValuesToNotBeNull', kwargs: { column } }),
    accepted_values: ({ values }, column) => ({
      type: 'expectColumnValuesToBeInSet',
      kwargs: { column, valueSet: values },
    }),
    relationships: foreignKey,
    'dbt_utils.relationships_where': ({ from_condition: rowCondition, ...args }, column) => {
      const found = foreignKey(args, column)
      return typeof found === 'string' ? found : { ...found, kwargs: { ...found.kwargs, rowCondition } }
    },
    'dbt_utils.accepted_range': ({ min_value: minValue, max_value: maxValue, inclusive = true }, column) => {
      const strict = inclusive === false ? true : undefined
      return {
        type: 'expectColumnValuesToBeBetween',
        kwargs: {
          column,
          minValue,
          maxValue,
          strictMin: minValue === undefined ? undefined : strict,
          strictMax: maxValue === undefined ? undefined : strict,
        },
      }
    },
    'dbt_utils.not_accepted_values': ({ values }, column) => ({
      type: 'expectColumnValuesToNotBeInSet',
      kwargs: { column, valueSet: values },
    }),
    'dbt_utils.not_null_proportion': ({ at_least: minValue, at_most: maxValue }, column) => ({
      type: 'expectColumnProportionOfNonNullValuesToBeBetween',
      kwargs: { column, minValue, maxValue },
    }),
    'dbt_utils.not_empty_string': ({ trim_whitespace: trims = true }, column) => ({
      type: 'expectColumnValuesToMatchRegex',
      kwargs: { column, regex: trims === false ? '(?s).' : '[^ ]' },
    }),
    'dbt_utils.not_constant': (_, column) => ({
      type: 'expectColumnUniqueValueCountToBeBetween',
      kwargs: { column, minValue: 2 },
    }),
    'dbt_utils.at_least_one': (_, column) => ({
      type: 'expectColumnAggregateToBeBetween',
      kwargs: { column, aggregate: 'count', minValue: 1 },
    }),
  }),
)

const OF_TABLES: ReadonlyMap<string, Reader> = new Map(
  Object.entries<Reader>({
    'dbt_utils.unique_combination_of_columns': ({ combination_of_columns: columnList }) => ({
      type: 'expectCompoundColumnsToBeUnique',
      kwargs: { columnList, ignoreRowIf: 'never' },
    }),
    'dbt_utils.expression_is_true': ({ expression }, column) => conditionOf(`${column} ${wordOf(expression)}`.trim()),
    'dbt_utils.equal_rowcount': ({ compare_model: otherTableName }) => ({
      type: 'expectTableRowCountToEqualOtherTable',
      kwargs: { otherTableName },
    }),
    'dbt_utils.equality': ({ compare_model: otherTable, compare_columns: columnList }) => ({
      type: 'expectRowsToMatchOtherTable',
      kwargs: { otherTable, columnList },
    }),
    'dbt_utils.recency': ({ datepart, field, interval }) => {
      const maxAgeSeconds = secondsOf(interval, datepart)
      if (maxAgeSeconds === undefined) return `intervals of ${JSON.stringify(datepart)} have no fixed length`
      return { type: 'expectColumnMaxToBeRecent', kwargs: { column: field, maxAgeSeconds } }
    },
  }),
)

/** The expectation of a test, or why it has none. The arguments have neither settings nor Jinja left. */
export function expectationOfTest(name: string, args: Members, column: string | undefined): Found {
  if (name.startsWith('dbt_expectations.')) return fromDbtExpectations(name.slice(17), args, column)
  const known = ARGUMENTS.get(name)
  if (known === undefined) return 'it has no expectation of ours'
  const unknown = Object.keys(args).find((key) => !known.includes(key))
  if (unknown !== undefined) return `${unknown} has no counterpart`
  const ofTable = OF_TABLES.get(name)
  if (ofTable !== undefined) return ofTable(args, column ?? '')
  return column === undefined
    ? 'it is of a column'
    : (OF_COLUMNS.get(name)?.(args, column) ?? 'it has no expectation of ours')
}

function foreignKey({ to, field }: Members, column: string): Found {
  return {
    type: 'expectColumnValuesToExistInOtherTable',
    kwargs: { columnList: [column], otherTable: to, otherColumnList: [field] },
  }
}

// As in dbt, a row of which it is unknown passes.
function conditionOf(expression: string): Found {
  try {
    parseRowCondition(expression)
    return { type: 'expectRowsToSatisfy', kwargs: { condition: expression } }
  } catch (fault) {
    if (QualityError.is(fault)) return `the expression is in SQL that row conditions do not know: ${fault.message}`
    throw fault
  }
}
