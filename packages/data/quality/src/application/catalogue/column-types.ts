import { z } from 'zod'

import type { ColumnKind, TableColumn } from '../../domain/cell.ts'
import { column, mapScope } from './arguments.ts'
import { type CatalogueEntry, entryOf, type EvaluationContext, type Outcome } from './catalogue-entry.ts'

const typeName = z
  .string()
  .min(1)
  .describe("a kind (integer, decimal, float, text, boolean, timestamp, date) or the engine's own word")
const { mostly } = mapScope
const ofType = z.strictObject({ column, type: typeName, mostly })
const inTypes = z.strictObject({ column, typeList: z.array(typeName).min(1), mostly })

/** What pandas, Python and databases call the kinds. */
const NAMES: Readonly<Record<ColumnKind, RegExp>> = {
  integer: /^(integer|u?int(eger)?(8|16|32|64|128|_)?|(tiny|small|big|huge)int|int[248]|long)$/i,
  decimal: /^(decimal|numeric|number)(\(.*\))?$/i,
  float: /^(float(16|32|64|4|8|_)?|double( precision)?|real)$/i,
  text: /^(text|str|string|object|varchar|char|character varying|nvarchar|bpchar)(\(\d+\))?$/i,
  boolean: /^(boolean|bool_?)$/i,
  timestamp: /^(timestamp.*|datetime.*)$/i,
  date: /^date$/i,
  other: /^(other|unknown)$/i,
}

const KINDS: ReadonlyArray<ColumnKind> = [
  'integer',
  'decimal',
  'float',
  'text',
  'boolean',
  'timestamp',
  'date',
  'other',
]

/** Expectations of a column's type: one answer for the column, as its values share it. */
export const columnTypes: ReadonlyArray<CatalogueEntry> = [
  entryOf('expectColumnValuesToBeOfType', 'column map', 'The column has a type.', ofType, (kwargs, context) =>
    judgeType(kwargs.column, [kwargs.type], context),
  ),
  entryOf(
    'expectColumnValuesToBeInTypeList',
    'column map',
    'The column has one of some types.',
    inTypes,
    (kwargs, context) => judgeType(kwargs.column, kwargs.typeList, context),
  ),
  entryOf(
    'expectColumnTypeToBe',
    'column map',
    'The column has a type.',
    z.strictObject({ column, type: typeName }),
    (kwargs, context) => judgeType(kwargs.column, [kwargs.type], context),
  ),
]

/** True where a column has a type by that name: a kind, what others call the kind, or the engine's own word. */
export function hasType(found: TableColumn, name: string): boolean {
  return found.physicalType.toLowerCase() === name.toLowerCase() || NAMES[found.kind].test(name)
}

/** The kind that goes by a name, or nothing where it is only some engine's word. */
export function kindNamed(name: string): ColumnKind | undefined {
  return KINDS.find((kind) => NAMES[kind].test(name))
}

function judgeType(name: string, types: ReadonlyArray<string>, { table }: EvaluationContext): Promise<Outcome> {
  return new Promise((resolve) => {
    const found = table.column(name)
    const success = types.some((type) => hasType(found, type))
    resolve({ success, findings: { observedValue: found.physicalType, details: { kind: found.kind } } })
  })
}
