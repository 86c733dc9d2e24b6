import { QualityError } from '../../../domain/errors.ts'
import type { ImportedSuite } from '../imported-suite.ts'
import { type Place, SuiteDraft } from '../suite-draft.ts'
import {
  columnNameOf,
  type Contract,
  type ContractRelationship,
  type ContractTable,
  parseContract,
} from './contract.ts'
import { addProperty } from './property-of-contract.ts'
import { addRule } from './rule-of-contract.ts'

/** How a contract is read. */
export interface ContractOptions {
  /** The table, by its name or physical name; needed where the contract has several. */
  readonly table?: string | undefined
  /** Whether logical types are expected. Default true. */
  readonly types?: boolean | undefined
}

/** Other service levels are of the service, not of its data. */
const OF_DATA = /^(retention|frequency|completeness|dataQuality)/i

const SECONDS: ReadonlyMap<string, number> = new Map(
  Object.entries<number>({
    s: 1,
    second: 1,
    seconds: 1,
    m: 60,
    min: 60,
    minute: 60,
    minutes: 60,
    h: 3600,
    hr: 3600,
    hour: 3600,
    hours: 3600,
    d: 86_400,
    day: 86_400,
    days: 86_400,
  }),
)

/**
 * The expectations of one table of a contract of the Open Data Contract Standard 3 (ODCS): its columns, logical types and their
 * options, keys, relationships, quality rules (library metrics, SQL, those of Great Expectations) and latency. Columns have their
 * physical names, where they have any. Rules for people, of other engines, nested values and other service levels are told.
 * @throws QualityError `quality/invalid-suite` for what is no contract, or has several tables and none is named
 */
export function fromOdcs(data: unknown, options: ContractOptions = {}): ImportedSuite {
  const contract = parseContract(data)
  const index = tableIndex(contract, options.table)
  const table = contract.schema[index]
  if (table === undefined) throw new QualityError('quality/invalid-suite', 'the contract describes no table')
  const path = ['schema', index]
  const draft = new SuiteDraft()
  const names = table.properties.map(columnNameOf)
  if (names.length > 0)
    draft.add([...path, 'properties'], {
      type: 'expectTableColumnsToMatchSet',
      kwargs: { columnSet: names, exactMatch: false },
    })
  addKeys(table, path, draft)
  for (const [i, property] of table.properties.entries()) {
    const at = [...path, 'properties', i]
    addProperty(property, at, options.types ?? true, draft)
    for (const [k, one] of (property.relationships ?? []).entries())
      addRelationship({ from: [property.name], ...one }, table, contract, [...at, 'relationships', k], draft)
    const scope = { table, column: columnNameOf(property) }
    for (const [k, rule] of (property.quality ?? []).entries()) addRule(rule, scope, [...at, 'quality', k], draft)
  }
  for (const [k, one] of (table.relationships ?? []).entries())
    addRelationship(one, table, contract, [...path, 'relationships', k], draft)
  for (const [k, rule] of (table.quality ?? []).entries())
    addRule(rule, { table, column: undefined }, [...path, 'quality', k], draft)
  addServiceLevels(contract, table, draft)
  const { id, version } = contract
  const meta = Object.fromEntries(Object.entries({ contract: id, version }).filter(([, value]) => value !== undefined))
  return draft.finish(table.name, Object.keys(meta).length === 0 ? undefined : meta)
}

function tableIndex({ schema }: Contract, wanted: string | undefined): number {
  if (wanted === undefined && schema.length <= 1) return 0
  const found = schema.findIndex(
    ({ name, physicalName }) => wanted !== undefined && [name, physicalName].includes(wanted),
  )
  if (found !== -1) return found
  const names = schema.map(({ name }) => name).join(', ')
  const fault =
    wanted === undefined
      ? 'the contract has several tables: name one'
      : `there is no table ${JSON.stringify(wanted)} in it`
  throw new QualityError('quality/invalid-suite', `${fault}; it has ${names || 'none'}`, { tables: names })
}

function addKeys({ properties }: ContractTable, path: Place, draft: SuiteDraft): void {
  const keys = properties
    .filter(({ primaryKey }) => primaryKey === true)
    .sort((a, b) => (a.primaryKeyPosition ?? 0) - (b.primaryKeyPosition ?? 0))
    .map(columnNameOf)
  const [only] = keys
  if (only === undefined) return
  draft.add(
    [...path, 'properties'],
    keys.length === 1
      ? { type: 'expectColumnValuesToBeUnique', kwargs: { column: only } }
      : { type: 'expectCompoundColumnsToBeUnique', kwargs: { columnList: keys, ignoreRowIf: 'never' } },
  )
}

function addRelationship(
  { from = [], to, type }: ContractRelationship,
  table: ContractTable,
  { schema }: Contract,
  path: Place,
  draft: SuiteDraft,
): void {
  const [own, others] = [[from].flat(), [to].flat().map((text) => text.split('.'))]
  const [first] = others
  if (type !== undefined && type !== 'foreignKey')
    return draft.leaveOut(path, `relationships of type ${JSON.stringify(type)} have no expectation`)
  if (
    first === undefined ||
    others.some((parts) => parts.length !== 2 || parts[0] !== first[0]) ||
    own.length !== others.length
  )
    return draft.leaveOut(path, `${[to].flat().join(', ')}: only table.column, of one table, is understood`)
  const [name = ''] = first
  const other = schema.find((one) => one.name === name)
  const physical = (of: ContractTable | undefined, column: string): string => {
    const found = of?.properties.find((one) => one.name === column)
    return found === undefined ? column : columnNameOf(found)
  }
  draft.add(path, {
    type: 'expectColumnValuesToExistInOtherTable',
    kwargs: {
      columnList: own.map((column) => physical(table, column.split('.').at(-1) ?? column)),
      otherTable: name,
      otherColumnList: others.map(([, column = '']) => physical(other, column)),
    },
  })
}

function addServiceLevels({ slaProperties }: Contract, table: ContractTable, draft: SuiteDraft): void {
  for (const [i, { property, value, unit = '', element = '' }] of slaProperties.entries()) {
    const path = ['slaProperties', i]
    const [of, name = ''] = element.split('.', 2)
    const isOurs = of === table.name || of === table.physicalName
    const column = table.properties.find((one) => one.name === name || one.physicalName === name)
    const seconds = SECONDS.get(unit.toLowerCase())
    if (element !== '' && !isOurs) draft.leaveOut(path, `${element} is of another table`, false)
    else if (!/^(latency|ly|freshness)$/i.test(property))
      draft.leaveOut(path, `the service level ${property} has no expectation`, OF_DATA.test(property))
    else if (column === undefined || seconds === undefined || typeof value !== 'number')
      draft.leaveOut(path, 'latency needs a column, a number and a unit of at most days')
    else
      draft.add(path, {
        type: 'expectColumnMaxToBeRecent',
        kwargs: { column: columnNameOf(column), maxAgeSeconds: value * seconds },
      })
  }
}
