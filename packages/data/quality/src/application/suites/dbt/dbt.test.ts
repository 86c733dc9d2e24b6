import { expect, it } from 'vitest'

import { parseDocumentText } from '../../../infrastructure/suites/document-text.ts'
import { importSuite } from '../import-suite.ts'
import { parseSuiteData } from '../suite-document.ts'
import { fromDbt } from './from-dbt.ts'

const SCHEMA = `
version: 2
models:
  - name: orders
    config: { contract: { enforced: true } }
    constraints:
      - { type: check, expression: "amount >= 0" }
      - { type: foreign_key, columns: [customer_id] }
    tests:
      - dbt_utils.unique_combination_of_columns: { combination_of_columns: [id, status] }
      - dbt_utils.expression_is_true: { expression: "amount > 0 or status = 'open'" }
      - dbt_utils.expression_is_true: { expression: "round(amount) = amount" }
      - dbt_utils.recency: { datepart: day, field: at, interval: 1 }
      - dbt_expectations.expect_table_row_count_to_be_between: { min_value: 1, max_value: 10 }
      - my_own_test
    columns:
      - name: id
        data_type: integer
        constraints: [{ type: primary_key }]
        tests: [unique, not_null]
      - name: status
        data_type: varchar
        data_tests:
          - accepted_values:
              arguments: { values: [paid, open] }
              config: { severity: warn, where: "amount > 0" }
          - unique: { config: { warn_if: ">10" } }
          - not_null: { enabled: false }
          - accepted_values: { values: ["{{ var('x') }}"] }
      - name: customer_id
        tests:
          - relationships: { to: ref('customers'), field: id }
          - name: named
            test_name: relationships
            to: "{{ source('crm', 'people') }}"
            field: key
      - name: amount
        tests:
          - dbt_utils.accepted_range: { min_value: 0, inclusive: false }
          - dbt_utils.not_null_proportion: { at_least: 0.95 }
          - dbt_utils.at_least_one
          - dbt_expectations.expect_column_values_to_be_between:
              { min_value: 0, strictly: true, row_condition: "status is not null" }
          - dbt_expectations.expect_column_distinct_count_to_be_less_than: { value: 9, row_condition: "id > 0" }
          - dbt_expectations.expect_column_values_to_be_of_type: { column_type: double }
          - dbt_expectations.expect_column_values_to_be_between: { min_value: 0, group_by: [status] }
sources:
  - name: crm
    loaded_at_field: loaded
    freshness: { warn_after: { count: 12, period: hour }, error_after: { count: 1, period: day } }
    tables:
      - name: people
        columns: [{ name: key, tests: [unique] }]
      - { name: towns, freshness: null }
`
const data = parseDocumentText(SCHEMA)

it('translates tests, constraints, contracts and settings', () => {
  const { suite, untranslated, from } = importSuite(data, { table: 'orders' })
  expect(from).toBe('dbt')
  expect(parseSuiteData(suite)).toEqual(suite)
  expect(
    suite.expectations.map(({ type, kwargs, severity }) => [type, kwargs, ...(severity ? [severity] : [])]),
  ).toEqual([
    ['expectTableColumnsToMatchSet', { columnSet: ['id', 'status', 'customer_id', 'amount'], exactMatch: true }],
    ['expectColumnValuesToBeOfType', { column: 'id', type: 'integer' }],
    ['expectColumnValuesToBeUnique', { column: 'id' }],
    ['expectColumnValuesToNotBeNull', { column: 'id' }],
    ['expectColumnValuesToBeOfType', { column: 'status', type: 'varchar' }],
    [
      'expectColumnValuesToBeInSet',
      { column: 'status', valueSet: ['paid', 'open'], rowCondition: 'amount > 0' },
      'warning',
    ],
    [
      'expectColumnValuesToExistInOtherTable',
      { columnList: ['customer_id'], otherTable: 'customers', otherColumnList: ['id'] },
    ],
    [
      'expectColumnValuesToExistInOtherTable',
      { columnList: ['customer_id'], otherTable: 'people', otherColumnList: ['key'] },
    ],
    ['expectColumnValuesToBeBetween', { column: 'amount', minValue: 0, strictMin: true }],
    ['expectColumnProportionOfNonNullValuesToBeBetween', { column: 'amount', minValue: 0.95 }],
    ['expectColumnAggregateToBeBetween', { column: 'amount', aggregate: 'count', minValue: 1 }],
    [
      'expectColumnValuesToBeBetween',
      { column: 'amount', minValue: 0, strictMin: true, rowCondition: 'status is not null' },
    ],
    [
      'expectColumnUniqueValueCountToBeBetween',
      { column: 'amount', rowCondition: 'id > 0', maxValue: 9, strictMax: true },
    ],
    ['expectColumnValuesToBeOfType', { column: 'amount', type: 'double' }],
    ['expectCompoundColumnsToBeUnique', { columnList: ['id', 'status'], ignoreRowIf: 'never' }],
    ['expectRowsToSatisfy', { condition: "amount > 0 or status = 'open'" }],
    ['expectColumnMaxToBeRecent', { column: 'at', maxAgeSeconds: 86_400 }],
    ['expectTableRowCountToBeBetween', { minValue: 1, maxValue: 10 }],
    ['expectRowsToSatisfy', { condition: 'amount >= 0' }],
  ])
  expect(untranslated.map(({ path, weakens }) => [path.slice(2).join('.'), weakens])).toEqual([
    ['columns.1.data_tests.1', true],
    ['columns.1.data_tests.2', false],
    ['columns.1.data_tests.3', true],
    ['columns.3.tests.6', true],
    ['tests.2', true],
    ['tests.5', true],
    ['constraints.1', true],
  ])
})

it('reads the freshness of sources, and asks which table is meant', () => {
  expect(fromDbt(data, { table: 'people' }).suite.expectations).toEqual([
    { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'key' } },
    { type: 'expectColumnMaxToBeRecent', kwargs: { column: 'loaded', maxAgeSeconds: 86_400 } },
    { type: 'expectColumnMaxToBeRecent', kwargs: { column: 'loaded', maxAgeSeconds: 43_200 }, severity: 'warning' },
  ])
  expect(fromDbt(data, { table: 'towns' }).suite.expectations).toEqual([])
  expect(() => fromDbt(data)).toThrow(/several tables: name one; it has orders, people, towns/)
  expect(() => fromDbt(data, { table: 'order' })).toThrow(/no table of the file is called "order"/)
  expect(() => fromDbt({ models: [{ columns: 1 }] })).toThrow(/no properties file of dbt: models\.0\./)
})
