import { z } from 'zod'

import { QualityError } from '../../../domain/errors.ts'
import type { Place } from '../suite-draft.ts'

type Tests = ReadonlyArray<string | Readonly<Record<string, unknown>>>

/** A column with its tests. */
export interface DbtColumn {
  readonly name: string
  readonly data_type?: string | undefined
  readonly tests?: Tests | undefined
  readonly data_tests?: Tests | undefined
  readonly constraints?: ReadonlyArray<Readonly<Record<string, unknown>>> | undefined
}

/** A model, seed, snapshot or table of a source. */
export interface DbtModel extends Omit<DbtColumn, 'data_type'> {
  readonly columns: ReadonlyArray<DbtColumn>
  readonly config?: Readonly<Record<string, unknown>> | undefined
  readonly loaded_at_field?: string | undefined
  readonly freshness?: Readonly<Record<string, unknown>> | null | undefined
}

const members = z.record(z.string(), z.unknown())
const tests = z.array(z.union([z.string(), members]))
const column = z.looseObject({
  name: z.string(),
  data_type: z.string().optional(),
  tests: tests.optional(),
  data_tests: tests.optional(),
  constraints: z.array(members).optional(),
})
const model = z.looseObject({
  name: z.string(),
  identifier: z.string().optional(),
  columns: z.array(column).default([]),
  tests: tests.optional(),
  data_tests: tests.optional(),
  constraints: z.array(members).optional(),
  config: members.optional(),
  loaded_at_field: z.string().optional(),
  freshness: members.nullish(),
})
const models = z.array(model).nullish()
const source = z.looseObject({
  name: z.string(),
  tables: models,
  loaded_at_field: z.string().optional(),
  freshness: members.nullish(),
})
const project = z.looseObject({ models, seeds: models, snapshots: models, sources: z.array(source).nullish() })

/** A table of the file, and where it stands. */
export interface DbtTable {
  readonly path: Place
  readonly model: DbtModel
}

/**
 * The tables that a properties file of dbt (`schema.yml`) describes.
 * @throws QualityError `quality/invalid-suite` for what is no such file
 */
export function dbtTables(data: unknown): ReadonlyArray<DbtTable> {
  const parsed = project.safeParse(data)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = issue?.path.join('.') ?? ''
    throw new QualityError('quality/invalid-suite', `no properties file of dbt: ${path}: ${issue?.message}`, { path })
  }
  const { models: own, seeds, snapshots, sources } = parsed.data
  return [
    ...Object.entries({ models: own, seeds, snapshots }).flatMap(([kind, list]) =>
      (list ?? []).map((one, i) => ({ path: [kind, i], model: one })),
    ),
    // What a source says of freshness holds for its tables.
    ...(sources ?? []).flatMap(({ tables, loaded_at_field: field, freshness }, i) =>
      (tables ?? []).map((table, k) => ({
        path: ['sources', i, 'tables', k],
        model: { ...(field === undefined ? {} : { loaded_at_field: field }), freshness, ...table },
      })),
    ),
  ]
}
