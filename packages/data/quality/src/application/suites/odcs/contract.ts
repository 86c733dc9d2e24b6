import { z } from 'zod'

import { QualityError } from '../../../domain/errors.ts'

type Members = Readonly<Record<string, unknown>>

/** What leads from one table to another. */
export interface ContractRelationship {
  readonly type?: string | undefined
  readonly from?: string | ReadonlyArray<string> | undefined
  readonly to: string | ReadonlyArray<string>
}

/** A column of a contract. */
export interface ContractProperty extends Members {
  readonly name: string
  readonly physicalName?: string | undefined
  readonly logicalType?: string | undefined
  readonly logicalTypeOptions?: Members | undefined
  readonly physicalType?: string | undefined
  readonly required?: boolean | undefined
  readonly unique?: boolean | undefined
  readonly primaryKey?: boolean | undefined
  readonly primaryKeyPosition?: number | undefined
  readonly relationships?: ReadonlyArray<ContractRelationship> | undefined
  readonly quality?: ReadonlyArray<Members> | undefined
}

/** A table of a contract. */
export interface ContractTable {
  readonly name: string
  readonly physicalName?: string | undefined
  readonly properties: ReadonlyArray<ContractProperty>
  readonly relationships?: ReadonlyArray<ContractRelationship> | undefined
  readonly quality?: ReadonlyArray<Members> | undefined
}

/** A data contract, as far as it is read. */
export interface Contract {
  readonly id?: string | undefined
  readonly version?: string | undefined
  readonly schema: ReadonlyArray<ContractTable>
  readonly slaProperties: ReadonlyArray<{
    readonly property: string
    readonly value?: unknown
    readonly unit?: string | undefined
    readonly element?: string | undefined
  }>
}

const members = z.record(z.string(), z.unknown())
const texts = z.union([z.string(), z.array(z.string())])
const relationship = z.looseObject({ type: z.string().optional(), from: texts.optional(), to: texts })
const property = z.looseObject({
  name: z.string(),
  physicalName: z.string().optional(),
  logicalType: z.string().optional(),
  logicalTypeOptions: members.optional(),
  physicalType: z.string().optional(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  primaryKey: z.boolean().optional(),
  primaryKeyPosition: z.number().optional(),
  relationships: z.array(relationship).optional(),
  quality: z.array(members).optional(),
})
const table = z.looseObject({
  name: z.string(),
  physicalName: z.string().optional(),
  properties: z.array(property).default([]),
  relationships: z.array(relationship).optional(),
  quality: z.array(members).optional(),
})
const contract = z.looseObject({
  kind: z.literal('DataContract'),
  apiVersion: z.string().regex(/^v3\./, 'only version 3 of the standard is read'),
  name: z.string().optional(),
  id: z.string().optional(),
  version: z.string().optional(),
  schema: z.array(table).default([]),
  slaProperties: z
    .array(
      z.looseObject({
        property: z.string(),
        value: z.unknown(),
        unit: z.string().optional(),
        element: z.string().optional(),
      }),
    )
    .default([]),
})

/** @throws QualityError `quality/invalid-suite` for what is no contract of the Open Data Contract Standard 3 */
export function parseContract(data: unknown): Contract {
  const parsed = contract.safeParse(data)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue?.path.join('.') ?? ''
  throw new QualityError(
    'quality/invalid-suite',
    `no contract of the Open Data Contract Standard: ${path === '' ? '' : `${path}: `}${issue?.message}`,
    { path },
  )
}

/** The name of a column in the data. */
export function columnNameOf({ name, physicalName }: Pick<ContractProperty, 'name' | 'physicalName'>): string {
  return physicalName ?? name
}

/** Where a rule stands. */
export interface RuleScope {
  readonly table: ContractTable
  /** Undefined for a rule of the table. */
  readonly column: string | undefined
}
