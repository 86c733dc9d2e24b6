import type { FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** A page, given the state of it that the URL holds. */
export type Page = FunctionComponent<{ readonly query: URLSearchParams }>

/** Gets a page's script. */
export type LoadPage = () => Promise<Page>

type Loaded =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'ready'; readonly Page: Page }

/** A page, once its script is there. */
export function usePage(load: LoadPage): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'waiting' })
  useEffect(() => {
    load().then(
      (Page) => setLoaded({ kind: 'ready', Page }),
      () =>
        setLoaded({
          kind: 'failed',
          why: 'The page could not be loaded. The server may be another version by now: reload.',
        }),
    )
  }, [load])
  return loaded
}
