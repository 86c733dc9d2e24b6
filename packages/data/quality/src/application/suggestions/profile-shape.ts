import { z } from 'zod'

import { QualityError } from '../../domain/errors.ts'

/** What suggestions read of a column. */
export interface ColumnShape {
  readonly name: string
  readonly physicalType: string
  readonly type: string
  readonly count: number
  readonly nulls: number
  readonly distinct: { readonly value: number; readonly exact: boolean }
  readonly top: ReadonlyArray<{ readonly value: string | number | boolean; readonly count: number }>
  readonly numbers?:
    | {
        readonly min: number | null
        readonly max: number | null
        readonly exactMin?: string | undefined
        readonly exactMax?: string | undefined
        readonly infinities: number
        readonly nans: number
      }
    | undefined
  readonly texts?: { readonly minLength: number; readonly maxLength: number; readonly empty: number } | undefined
  readonly dates?: { readonly min: number | null; readonly max: number | null } | undefined
  readonly semantic: ReadonlyArray<{
    readonly kind: string
    readonly share: number
    readonly rows: number
    readonly personal: boolean
  }>
}

/** What suggestions read of a profile of a table. */
export interface ProfileShape {
  readonly source: string
  readonly rows: number
  readonly columns: ReadonlyArray<ColumnShape>
  readonly keys: ReadonlyArray<{ readonly columns: ReadonlyArray<string>; readonly exact: boolean }>
}

const finite = z.number().nullable()
const schema = z.object({
  formatVersion: z.literal(1),
  source: z.string().default('table'),
  rows: z.number().int().min(0),
  columns: z.array(
    z.object({
      name: z.string(),
      physicalType: z.string(),
      type: z.string(),
      count: z.number(),
      nulls: z.number(),
      distinct: z.object({ value: z.number(), exact: z.boolean() }),
      top: z.array(z.object({ value: z.union([z.string(), z.number(), z.boolean()]), count: z.number() })).default([]),
      numbers: z
        .object({
          min: finite,
          max: finite,
          exactMin: z.string().optional(),
          exactMax: z.string().optional(),
          infinities: z.number().default(0),
          nans: z.number().default(0),
        })
        .optional(),
      texts: z.object({ minLength: z.number(), maxLength: z.number(), empty: z.number() }).optional(),
      dates: z.object({ min: finite, max: finite }).optional(),
      semantic: z
        .array(z.object({ kind: z.string(), share: z.number(), rows: z.number(), personal: z.boolean() }))
        .default([]),
    }),
  ),
  keys: z.array(z.object({ columns: z.array(z.string()), exact: z.boolean() })).default([]),
})

/** @throws QualityError `quality/invalid-options` for what is no profile */
export function parseProfileShape(data: unknown): ProfileShape {
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new QualityError(
    'quality/invalid-options',
    `this is no profile of format 1, as \`nomaly profile --format json\` writes it: ${issue?.path.join('.')}: ${issue?.message}`,
    { path: issue?.path.join('.') },
  )
}
