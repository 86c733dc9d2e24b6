import type { z } from 'zod'

import { type Fields, messageReader, type RequestOf } from './request/read-request.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** One method and path of the REST API that takes and answers JSON. */
export interface Endpoint {
  readonly method: Method
  /** Behind `/api/2.0`, with Hono's `:name` for what varies. */
  readonly path: string
  /** Only under `/ajax-api`. */
  readonly isAjaxOnly?: boolean
  /** The fields of its request, for a query to tell lists from single values. */
  readonly shape: Readonly<Record<string, z.ZodType>>
  readonly answer: (fields: Fields) => Promise<object>
}

/** Binds a request's fields to what answers it. */
export function endpoint<S extends Readonly<Record<string, z.ZodType>>>(
  method: Method,
  path: string,
  shape: S,
  answer: (request: RequestOf<S>) => Promise<object>,
): Endpoint {
  const read = messageReader(shape)
  return { method, path, shape, answer: async (fields) => answer(read(fields)) }
}
