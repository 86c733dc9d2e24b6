import { z } from 'zod'

import { MlflowError } from '../../domain/errors.ts'
import type { Page, SearchQuery } from '../../domain/page.ts'
import type { MlflowConnection } from './mlflow-connection.ts'
import { filterRefusal } from './remote-refusal.ts'

const LONGEST_PAGE = 50_000
const views = { active: 'ACTIVE_ONLY', deleted: 'DELETED_ONLY', all: 'ALL' } as const

/** Where and how one kind of thing is searched. */
interface SearchCall<T> {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** The member of the answer that holds the items. */
  readonly member: string
  readonly item: z.ZodType<T>
  /** The longest page that the server gives. */
  readonly longest: number
  readonly fields?: Readonly<Record<string, unknown>>
}

/** The view of a query in MLflow's words. */
export const viewName = ({ view = 'active' }: SearchQuery): string => views[view]

/** Searches, page by page where the server's pages are shorter. @throws MlflowError `mlflow/invalid-filter` */
export async function remoteSearch<T>(
  connection: MlflowConnection,
  { limit = 1000, filter, orderBy, pageToken }: SearchQuery,
  { method, path, member, item, longest, fields = {} }: SearchCall<T>,
): Promise<Page<T>> {
  if (!Number.isInteger(limit) || limit < 1 || limit > LONGEST_PAGE) {
    const message = `limit: must be a whole number from 1 to ${LONGEST_PAGE}, not ${limit}`
    throw new MlflowError('mlflow/invalid-argument', message, { field: 'limit', found: limit })
  }
  const schema = z.object({ [member]: z.array(item).default([]), next_page_token: z.string().optional() })
  const items: T[] = []
  let token = pageToken
  do {
    const page = await connection
      .call(
        method,
        path,
        {
          filter: filter ?? '',
          order_by: orderBy ?? [],
          max_results: Math.min(limit - items.length, longest),
          ...(token === undefined ? {} : { page_token: token }),
          ...fields,
        },
        schema,
      )
      .catch((error: unknown) => {
        throw filterRefusal(error)
      })
    const found = page[member] as T[] // as the schema says
    for (const one of found) items.push(one)
    token = page['next_page_token'] as string | undefined // as the schema says
    if (token === '') token = undefined
  } while (token !== undefined && items.length < limit)
  return token === undefined ? { items } : { items, next: token }
}

/** Undefined where the server says that there is no such thing. */
export async function orUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (MlflowError.is(error) && error.code === 'mlflow/not-found') return undefined
    throw error
  }
}

/** Tags as MLflow lists them. */
export function pairsOf(record: Readonly<Record<string, string>>): ReadonlyArray<object> {
  return Object.entries(record).map(([key, value]) => ({ key, value }))
}

/** @throws MlflowError `mlflow/not-supported` */
export function notSupported(what: string): never {
  throw new MlflowError('mlflow/not-supported', `MLflow has no ${what}`, { wanted: what, retryable: false })
}
