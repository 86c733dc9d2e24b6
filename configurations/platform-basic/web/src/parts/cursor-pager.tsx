import type { JSX } from 'preact'

import { changeQuery, usePlace } from '../place.ts'

/** Walks through pages of the API, whose answers say where the next one begins; the URL keeps the page, and the way back to the first. */
export function CursorPager({
  label,
  next,
  inQuery = 'page',
}: {
  readonly label: string
  /** The cursor of the next page; none at the end. */
  readonly next: string | null | undefined
  /** The name in the URL. */
  readonly inQuery?: string
}): JSX.Element | null {
  const path = pagesIn(usePlace().query, inQuery)
  if (path.length === 0 && (next ?? '') === '') return null
  const go = (pages: ReadonlyArray<string>): void => changeQuery({ [inQuery]: pages.map(encodeURIComponent).join(' ') })
  return (
    <div class="pager" role="group" aria-label={`Pages of ${label}`}>
      <button type="button" class="quiet" disabled={path.length === 0} onClick={() => go([])}>
        First
      </button>
      <button type="button" class="quiet" disabled={path.length === 0} onClick={() => go(path.slice(0, -1))}>
        Previous
      </button>
      <span>Page {path.length + 1}</span>
      <button type="button" class="quiet" disabled={(next ?? '') === ''} onClick={() => go([...path, next ?? ''])}>
        Next
      </button>
    </div>
  )
}

/** The cursor of the page that the URL names; undefined on the first. */
export function cursorIn(query: URLSearchParams, inQuery = 'page'): string | undefined {
  return pagesIn(query, inQuery).at(-1)
}

function pagesIn(query: URLSearchParams, inQuery: string): ReadonlyArray<string> {
  const text = query.get(inQuery) ?? ''
  return text === '' ? [] : text.split(' ').map(decodeURIComponent)
}
