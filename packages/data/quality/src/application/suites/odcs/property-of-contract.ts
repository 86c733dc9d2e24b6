import { addKeywords } from '../json-schema/keywords-of-schema.ts'
import type { Place, SuiteDraft } from '../suite-draft.ts'
import { wordOf } from '../untrusted-words.ts'
import { columnNameOf, type ContractProperty } from './contract.ts'

/** Kinds of columns that hold values of a logical type. */
const KINDS: ReadonlyMap<string, ReadonlyArray<string>> = new Map(
  Object.entries<ReadonlyArray<string>>({
    string: ['text'],
    integer: ['integer'],
    number: ['integer', 'decimal', 'float'],
    boolean: ['boolean'],
    date: ['date', 'timestamp'],
    timestamp: ['timestamp', 'date'],
  }),
)
const TIMES = new Set(['date', 'timestamp'])
/** Options that say how values are written or stored. */
const STORED = new Set(['timezone', 'defaultTimezone'])

/** Adds what a contract says of one column, but for its rules and relationships. */
export function addProperty(property: ContractProperty, path: Place, types: boolean, draft: SuiteDraft): void {
  const column = columnNameOf(property)
  const { logicalType, physicalType, logicalTypeOptions = {} } = property
  const kinds = KINDS.get(logicalType ?? '')
  if (types && kinds !== undefined) {
    draft.add(
      [...path, 'logicalType'],
      kinds.length === 1
        ? { type: 'expectColumnValuesToBeOfType', kwargs: { column, type: kinds[0] } }
        : { type: 'expectColumnValuesToBeInTypeList', kwargs: { column, typeList: kinds } },
    )
  } else if (logicalType !== undefined && kinds === undefined) {
    draft.leaveOut([...path, 'logicalType'], `values of type ${logicalType} are not checked`)
  } else if (types && physicalType !== undefined && logicalType === undefined) {
    draft.add([...path, 'physicalType'], {
      type: 'expectColumnValuesToBeOfType',
      kwargs: { column, type: physicalType },
    })
  }
  if (property.required === true || property.primaryKey === true)
    draft.add([...path, 'required'], { type: 'expectColumnValuesToNotBeNull', kwargs: { column } })
  if (property.unique === true)
    draft.add([...path, 'unique'], { type: 'expectColumnValuesToBeUnique', kwargs: { column } })
  addOptions(column, logicalType ?? '', logicalTypeOptions, [...path, 'logicalTypeOptions'], draft)
  for (const nested of ['properties', 'items'])
    if (property[nested] !== undefined) draft.leaveOut([...path, nested], 'nested values are not checked')
}

function addOptions(
  column: string,
  logicalType: string,
  options: Readonly<Record<string, unknown>>,
  path: Place,
  draft: SuiteDraft,
): void {
  if (KINDS.get(logicalType) === undefined && logicalType !== '') {
    for (const name of Object.keys(options))
      draft.leaveOut([...path, name], `values of type ${logicalType} are not checked`)
    return
  }
  const isText = logicalType === 'string' || logicalType === ''
  const kept = Object.entries(options).filter(([name, value]) => {
    if (STORED.has(name)) draft.leaveOut([...path, name], 'times without a zone are taken as UTC', false)
    else if (name === 'format' && !isText)
      draft.leaveOut([...path, name], `${wordOf(value)} says how values are written or stored`, false)
    else return true
    return false
  })
  const time = TIMES.has(logicalType) ? logicalType : undefined
  addKeywords(column, { path, schema: Object.fromEntries(kept) }, time, draft)
}
