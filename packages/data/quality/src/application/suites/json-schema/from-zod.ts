import { z } from 'zod'

import { QualityError } from '../../../domain/errors.ts'
import type { ImportedSuite } from '../imported-suite.ts'
import { fromJsonSchema, type SchemaOptions } from './from-json-schema.ts'

/** A schema of zod 4, by its structure. */
export interface ZodSchema {
  readonly _zod: { readonly def: { readonly type: string } }
}

/**
 * The expectations that a zod schema of a row, or of an array of rows, stands for, by way of its JSON Schema: see `fromJsonSchema`.
 * Rows are what the schema reads, so columns with a default may be missing. Refinements and transforms are code, and are not seen by
 * anything but zod itself; the limits of safe whole numbers that zod gives every integer are left out.
 * @throws QualityError `quality/invalid-suite` for what is no schema of rows
 */
export function fromZod(schema: ZodSchema, options: SchemaOptions = {}): ImportedSuite {
  if (!isZod(schema)) throw new QualityError('quality/invalid-suite', 'this is no schema of zod 4', { path: '' })
  return fromJsonSchema(
    z.toJSONSchema(schema, {
      io: 'input',
      unrepresentable: 'any',
      override: ({ zodSchema: { _zod: internals }, jsonSchema }) => {
        const { type } = internals.def
        if (type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
        if (type === 'bigint') Object.assign(jsonSchema, { type: 'integer' })
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
      },
    }),
    options,
  )
}

function isZod(schema: unknown): schema is z.ZodType {
  return typeof schema === 'object' && schema !== null && '_zod' in schema
}
