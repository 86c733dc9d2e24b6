import { QualityError } from '../../domain/errors.ts'
import { fromDbt } from './dbt/from-dbt.ts'
import { fromGreatExpectations } from './from-great-expectations.ts'
import type { ImportedSuite } from './imported-suite.ts'
import { fromJsonSchema } from './json-schema/from-json-schema.ts'
import { fromOdcs } from './odcs/from-odcs.ts'

/** What a suite can be made from. */
export type SuiteOrigin = 'great-expectations' | 'dbt' | 'odcs' | 'json-schema'

/** How something else is made into a suite. */
export interface ImportOptions {
  /** Default: by what is in the document. */
  readonly from?: SuiteOrigin | undefined
  /** The table, of a contract or a file of dbt that has several. */
  readonly table?: string | undefined
  /** Whether types are expected, too. Default true. */
  readonly types?: boolean | undefined
}

/**
 * Makes a suite from a document that was parsed: a suite of Great Expectations, a properties file of dbt, a contract (ODCS), or a JSON
 * Schema.
 * @throws QualityError `quality/invalid-suite` where it is none of them, or not the one that was named
 */
export function importSuite(
  data: unknown,
  options: ImportOptions = {},
): ImportedSuite & { readonly from: SuiteOrigin } {
  const from = options.from ?? originOf(data)
  switch (from) {
    case 'great-expectations':
      return { ...fromGreatExpectations(data), from }
    case 'dbt':
      return { ...fromDbt(data, options), from }
    case 'odcs':
      return { ...fromOdcs(data, options), from }
    case 'json-schema':
      return { ...fromJsonSchema(data, options), from }
  }
}

function originOf(data: unknown): SuiteOrigin {
  const has = (name: string): boolean => typeof data === 'object' && data !== null && Object.hasOwn(data, name)
  if (has('expectations')) {
    if (isOwnSuite(data)) throw unknown('it is a suite already')
    return 'great-expectations'
  }
  if (has('kind') && has('apiVersion')) return 'odcs'
  if (['models', 'sources', 'seeds', 'snapshots'].some(has)) return 'dbt'
  if (['properties', 'items', '$ref', 'allOf'].some(has)) return 'json-schema'
  throw unknown('it has neither expectations, nor models or sources, nor kind and apiVersion, nor properties')
}

/** Whether that has the form of this package's own suites. Great Expectations writes names with underscores. */
export function isOwnSuite(data: unknown): boolean {
  const list: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'expectations') : undefined
  const first: unknown = Array.isArray(list) ? list[0] : undefined
  const type: unknown = typeof first === 'object' && first !== null ? Reflect.get(first, 'type') : undefined
  return typeof type === 'string' && !type.includes('_')
}

function unknown(why: string): QualityError {
  return new QualityError(
    'quality/invalid-suite',
    `no suite of Great Expectations, file of dbt, contract or JSON Schema: ${why}`,
    { path: '' },
  )
}
