import { z } from 'zod'

import { MlflowError } from '../../../domain/errors.ts'
import { isList, MISSING, WRONG } from './fields.ts'
import { parseAsWritten, pythonJson, pythonType } from './python-text.ts'

type Shape = Readonly<Record<string, z.ZodType>>
/** What a message holds once it is read. */
export type RequestOf<S extends Shape> = { readonly [K in keyof S]: z.output<S[K]> }

/** What a request said: its fields, and the body as it was written, for messages. */
export interface Fields {
  readonly values: Readonly<Record<string, unknown>>
  readonly written?: string
}

const SEE_DOCS = ' See the API docs for more information about request parameters.'

/** A reader of one message; unknown fields are ignored. @throws MlflowError `mlflow/invalid-argument` as MLflow words it */
export function messageReader<S extends Shape>(shape: S): (fields: Fields) => RequestOf<S> {
  const schema = z.object(shape)
  return (fields) => {
    const result = schema.safeParse(fields.values)
    if (result.success) return result.data as RequestOf<S> // the schema was made of this shape
    throw new MlflowError('mlflow/invalid-argument', wordingOf(result.error.issues[0], fields))
  }
}

/** The fields that a query names, those of `shape` that are lists as lists. */
export function queryFields(query: URLSearchParams, shape: Shape): Fields {
  const fields: Record<string, unknown> = {}
  for (const key of new Set(query.keys())) {
    const values = query.getAll(key)
    const schema = shape[key]
    fields[key] = schema !== undefined && isList(schema) ? values : values[0]
  }
  return { values: fields }
}

/** The fields of a JSON body; none when it is empty. @throws MlflowError `mlflow/invalid-argument` */
export function bodyFields(text: string): Fields {
  if (text.trim() === '') return { values: {} }
  const once = parsed(text)
  const written = typeof once === 'string' ? once : text // old clients encode twice
  const value = typeof once === 'string' ? parsed(once) : once
  if (value === null) return { values: {} }
  if (typeof value === 'object' && !Array.isArray(value)) {
    return { values: value as Record<string, unknown>, written } // a JSON object, as was just seen
  }
  const message = `Bad Request. The body must be a JSON object, not of type '${pythonType(value)}'.`
  throw new MlflowError('mlflow/invalid-argument', message)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    try {
      // Python writes bare NaN and Infinity; protobuf's JSON reads them as text
      return JSON.parse(text.replaceAll(/([:,[]\s*)(NaN|-?Infinity)(?=\s*[,\]}])/g, '$1"$2"'))
    } catch {
      throw new MlflowError('mlflow/invalid-argument', 'Bad Request. The body is not valid JSON.', {}, error)
    }
  }
}

function wordingOf(issue: z.core.$ZodIssue | undefined, { values, written }: Fields): string {
  const path = issue?.path ?? []
  const name = path.map((part, i) =>
    typeof part === 'number' ? `[${part}]` : i > 0 ? `.${String(part)}` : String(part),
  )
  const found = path.reduce<unknown>(memberOf, values)
  const isTyped = issue?.code !== 'custom' || issue.message === WRONG || issue.message === MISSING
  if (!isTyped) return issue.message
  if (found === undefined || found === null || found === '') {
    return `Missing value for required parameter '${name.join('')}'.${SEE_DOCS}`
  }
  const value = written === undefined ? found : path.reduce<unknown>(memberOf, asWritten(written, values))
  const hint = ` Hint: Value was of type '${pythonType(value)}'.`
  return `Invalid value ${pythonJson(value)} for parameter '${name.join('')}' supplied: ${hint}${SEE_DOCS}`
}

function asWritten(text: string, otherwise: unknown): unknown {
  try {
    return parseAsWritten(text)
  } catch {
    return otherwise // bare NaN: `parsed` has read what JSON does not know
  }
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<PropertyKey, unknown>)[key] // its own member, as was just seen
}
