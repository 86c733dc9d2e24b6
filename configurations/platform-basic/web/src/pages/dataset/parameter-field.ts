import type { ParameterSchema } from '../../api/types.ts'

/** How a parameter is typed. The placeholder tells the default. */
export type Field =
  | { readonly kind: 'choice'; readonly choices: ReadonlyArray<string>; readonly placeholder: string }
  | {
      readonly kind: 'number'
      readonly isWhole: boolean
      readonly least: number | undefined
      readonly most: number | undefined
      readonly placeholder: string
    }
  /** JSON, or a text. */
  | { readonly kind: 'text'; readonly placeholder: string }

/** The field for a schema. Of alternatives that are all numbers, or no value, it is one for numbers; of others one for JSON. */
export function fieldOf(schema: ParameterSchema): Field {
  const placeholder = schema.default === undefined || schema.default === null ? 'by the data' : textOf(schema.default)
  const parts = (schema.anyOf ?? [schema]).filter(({ type }) => type !== 'null')
  const only = parts.length === 1 ? parts[0] : undefined
  if (only?.enum !== undefined) return { kind: 'choice', choices: only.enum, placeholder }
  if (only?.type === 'boolean') return { kind: 'choice', choices: ['true', 'false'], placeholder }
  if (parts.length === 0 || !parts.every(({ type }) => type === 'integer' || type === 'number'))
    return { kind: 'text', placeholder }
  const lows = parts.map(({ minimum, exclusiveMinimum }) => minimum ?? exclusiveMinimum ?? -Infinity)
  const highs = parts.map(({ maximum, exclusiveMaximum }) => maximum ?? exclusiveMaximum ?? Infinity)
  return {
    kind: 'number',
    isWhole: parts.every(({ type }) => type === 'integer'),
    least: finite(Math.min(...lows)),
    most: finite(Math.max(...highs)),
    placeholder,
  }
}

/** What was typed, as the API takes it; what is no JSON is a text. */
export function valueOf({ kind }: Field, typed: string): unknown {
  if (kind === 'number') return Number(typed)
  try {
    return JSON.parse(typed)
  } catch {
    return typed
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
const finite = (value: number): number | undefined =>
  Number.isFinite(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined
