import { useEffect, useState } from 'preact/hooks'

/** What the URL says: a page, and the state of it. */
export interface Place {
  readonly page: string
  readonly query: URLSearchParams
}

/** The address of a page with some state, for a link. */
export function addressOf(page: string, query: Readonly<Record<string, string>> = {}): string {
  const text = new URLSearchParams(query).toString()
  return `#/${page}${text === '' ? '' : `?${text}`}`
}

/** Goes to a page. */
export function goTo(page: string, query: Readonly<Record<string, string>> = {}): void {
  location.hash = addressOf(page, query)
}

/** Changes some of the state in the URL, without a new entry in the history; what becomes empty goes. */
export function changeQuery(changes: Readonly<Record<string, string>>): void {
  const { page, query } = placeOf()
  const state = Object.entries({ ...Object.fromEntries(query), ...changes }).filter(([, value]) => value !== '')
  history.replaceState(null, '', addressOf(page, Object.fromEntries(state)))
  dispatchEvent(new HashChangeEvent('hashchange'))
}

/** The place that the URL names, now and whenever it changes. */
export function usePlace(): Place {
  const [place, setPlace] = useState(placeOf)
  useEffect(() => {
    const follow = (): void => setPlace(placeOf())
    addEventListener('hashchange', follow)
    follow() // it may have changed since the first look: effects come after the page is drawn
    return () => removeEventListener('hashchange', follow)
  }, [])
  return place
}

function placeOf(): Place {
  const [page = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?')
  return { page, query: new URLSearchParams(query) }
}
