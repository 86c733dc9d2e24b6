import type { Page, SearchQuery, View } from '../../../domain/page.ts'

/** MLflow's `ViewType`. */
export const viewTypes = { ACTIVE_ONLY: 1, DELETED_ONLY: 2, ALL: 3 } as const

/** The port's word for a view. */
export function viewOf(name: keyof typeof viewTypes | undefined): View {
  return name === 'ALL' ? 'all' : name === 'DELETED_ONLY' ? 'deleted' : 'active'
}

const LONGEST_PAGE = 50_000 // of a port

interface SearchFields {
  readonly filter?: string | undefined
  readonly order_by?: ReadonlyArray<string>
  readonly max_results: number
  readonly page_token?: string | undefined
}

/** A search as the ports take it. */
export function queryOf({ filter, order_by, max_results, page_token }: SearchFields, view: View): SearchQuery {
  return {
    view,
    limit: Math.min(max_results, LONGEST_PAGE),
    ...(filter === undefined || filter === '' ? {} : { filter }),
    ...(order_by === undefined || order_by.length === 0 ? {} : { orderBy: order_by }),
    ...(page_token === undefined || page_token === '' ? {} : { pageToken: page_token }),
  }
}

/** A page longer than what a port gives at once. */
export async function longPage<T>(
  query: SearchQuery,
  wanted: number,
  search: (query: SearchQuery) => Promise<Page<T>>,
): Promise<Page<T>> {
  let page = await search(query)
  const items = [...page.items]
  while (page.next !== undefined && items.length < wanted) {
    page = await search({ ...query, limit: Math.min(wanted - items.length, LONGEST_PAGE), pageToken: page.next })
    for (const item of page.items) items.push(item)
  }
  return page.next === undefined ? { items } : { items, next: page.next }
}
