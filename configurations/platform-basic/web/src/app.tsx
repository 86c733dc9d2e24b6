import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'

import { DatasetPage } from './pages/dataset-page.tsx'
import { DatasetsPage } from './pages/datasets-page.tsx'
import { HealthPage } from './pages/health-page.tsx'
import { ModelsPage } from './pages/models-page.tsx'
import { RunPage } from './pages/run-page.tsx'
import { StartPage } from './pages/start-page.tsx'
import { addressOf, type Place, usePlace } from './place.ts'

const PAGES: Readonly<Record<string, { readonly title: string; readonly show: (place: Place) => JSX.Element }>> = {
  '': { title: 'Start', show: () => <StartPage /> },
  datasets: { title: 'Data sets', show: () => <DatasetsPage /> },
  dataset: { title: 'Data set', show: ({ query }) => <DatasetPage query={query} /> },
  run: { title: 'Anomalies', show: ({ query }) => <RunPage query={query} /> },
  models: { title: 'Models', show: () => <ModelsPage /> },
  health: { title: 'Health', show: () => <HealthPage /> },
}
const IN_MENU = ['', 'datasets', 'models', 'health']

/** The whole page: menu, and what the URL names. */
export function App(): JSX.Element {
  const place = usePlace()
  const page = PAGES[place.page]
  const title = page?.title ?? 'Not found'
  useEffect(() => {
    document.title = `${title} - Nomaly`
  }, [title])
  return (
    <>
      <header>
        <nav aria-label="Pages">
          <strong>Nomaly</strong>
          {IN_MENU.map((name) => (
            <a key={name} href={addressOf(name)} aria-current={name === place.page ? 'page' : undefined}>
              {PAGES[name]?.title}
            </a>
          ))}
          <a href="/docs">API</a>
        </nav>
      </header>
      <main>
        <h1>{title}</h1>
        {page?.show(place) ?? (
          <p>
            There is no such page. <a href={addressOf('')}>Go to the start</a>.
          </p>
        )}
      </main>
    </>
  )
}
