import { QualityError } from '../../../domain/errors.ts'
import type { ImportedSuite } from '../imported-suite.ts'
import { type Place, SuiteDraft } from '../suite-draft.ts'
import { wordsOf } from '../untrusted-words.ts'
import { type DbtColumn, type DbtModel, type DbtTable, dbtTables } from './dbt-project.ts'
import { addTest } from './dbt-test.ts'
import { addFreshness } from './freshness-of-dbt.ts'

/** How a properties file is read. */
export interface DbtOptions {
  /** The model, seed, snapshot or table of a source; needed where the file has several. */
  readonly table?: string | undefined
  /** Whether the data types of an enforced contract are expected. Default true. */
  readonly types?: boolean | undefined
}

/**
 * The expectations of one table of a properties file of dbt (`schema.yml`): generic tests of dbt, dbt_utils and dbt_expectations,
 * constraints, the types of an enforced contract, and the freshness of a source. `ref` and `source` become names of other tables.
 * Tests of other kinds, Jinja, thresholds (`warn_if`) and conditions that ours do not know are told.
 * @throws QualityError `quality/invalid-suite` for what is no such file, or has several tables and none is named
 */
export function fromDbt(data: unknown, options: DbtOptions = {}): ImportedSuite {
  const { path, model } = chosen(dbtTables(data), options.table)
  const draft = new SuiteDraft()
  const isEnforced = isContract(model)
  if (isEnforced) {
    draft.add([...path, 'columns'], {
      type: 'expectTableColumnsToMatchSet',
      kwargs: { columnSet: model.columns.map(({ name }) => name), exactMatch: true },
    })
  }
  for (const [i, column] of model.columns.entries())
    addColumn(column, [...path, 'columns', i], isEnforced && (options.types ?? true), draft)
  for (const [at, test] of testsOf(model)) addTest(test, undefined, [...path, ...at], draft)
  for (const [i, constraint] of (model.constraints ?? []).entries())
    addConstraint(constraint, undefined, [...path, 'constraints', i], draft)
  addFreshness(model, path, draft)
  return draft.finish(model.name)
}

function chosen(tables: ReadonlyArray<DbtTable>, wanted: string | undefined): DbtTable {
  const fits = tables.filter(({ model }) => wanted === undefined || model.name === wanted)
  const [only] = fits
  if (only !== undefined && fits.length === 1) return only
  const names = tables.map(({ model }) => model.name).join(', ')
  const fault =
    wanted === undefined
      ? `the file describes ${tables.length === 0 ? 'no table' : 'several tables: name one'}`
      : `${only === undefined ? 'no table' : 'more than one table'} of the file is called ${JSON.stringify(wanted)}`
  throw new QualityError('quality/invalid-suite', `${fault}; it has ${names || 'none'}`, { tables: names })
}

function isContract({ config }: DbtModel): boolean {
  const contract = config?.['contract']
  return typeof contract === 'object' && contract !== null && Reflect.get(contract, 'enforced') === true
}

function addColumn(column: DbtColumn, path: Place, types: boolean, draft: SuiteDraft): void {
  const { name, data_type: type } = column
  if (types && type !== undefined)
    draft.add([...path, 'data_type'], { type: 'expectColumnValuesToBeOfType', kwargs: { column: name, type } })
  for (const [i, constraint] of (column.constraints ?? []).entries())
    addConstraint(constraint, name, [...path, 'constraints', i], draft)
  for (const [at, test] of testsOf(column)) addTest(test, name, [...path, ...at], draft)
}

function testsOf({
  tests = [],
  data_tests: dataTests = [],
}: Pick<DbtColumn, 'tests' | 'data_tests'>): ReadonlyArray<
  readonly [Place, string | Readonly<Record<string, unknown>>]
> {
  return [
    ...tests.map((test, i) => [['tests', i], test] as const),
    ...dataTests.map((test, i) => [['data_tests', i], test] as const),
  ]
}

function addConstraint(
  { type, columns, expression }: Readonly<Record<string, unknown>>,
  column: string | undefined,
  path: Place,
  draft: SuiteDraft,
): void {
  const names = columns === undefined ? [] : wordsOf(columns)
  const list = column === undefined ? names : [column]
  const unique = (): boolean =>
    draft.add(
      path,
      list.length === 1
        ? { type: 'expectColumnValuesToBeUnique', kwargs: { column: list[0] } }
        : { type: 'expectCompoundColumnsToBeUnique', kwargs: { columnList: list } },
    )
  const complete = (): void => {
    for (const name of list) draft.add(path, { type: 'expectColumnValuesToNotBeNull', kwargs: { column: name } })
  }
  switch (type) {
    case 'not_null':
      complete()
      return
    case 'unique':
      unique()
      return
    case 'primary_key':
      if (unique()) complete()
      return
    case 'check':
      addTest({ 'dbt_utils.expression_is_true': { expression } }, undefined, path, draft)
      return
    default:
      draft.leaveOut(path, `constraints of type ${JSON.stringify(type)} have no expectation`)
  }
}
