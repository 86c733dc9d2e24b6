import { z } from 'zod'

import type { Suite } from '../../../domain/expectation.ts'
import type { Untranslated } from '../imported-suite.ts'
import { toJsonSchema } from './to-json-schema.ts'

/** What a schema finds in a row. */
export type RowFindings =
  | { readonly success: true; readonly data: unknown }
  | {
      readonly success: false
      readonly error: {
        readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<PropertyKey>; readonly message: string }>
      }
    }

/** A zod schema, by its structure: nobody is tied to our zod. */
export interface RowValidator {
  /** Gives the row, or throws zod's error. */
  readonly parse: (row: unknown) => unknown
  readonly safeParse: (row: unknown) => RowFindings
}

/** A zod schema of a row that keeps the suite, by way of its JSON Schema, and what that cannot say: see `toJsonSchema`. */
export function toZod(suite: Suite): {
  readonly schema: RowValidator
  readonly untranslated: ReadonlyArray<Untranslated>
} {
  const { document, untranslated } = toJsonSchema(suite)
  return { schema: z.fromJSONSchema(document), untranslated }
}
