import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { Failure } from './api/use-answer.tsx'
import { type LoadPage, usePage } from './page.ts'
import { addressOf, type Place, usePlace } from './place.ts'

// One line a page, in the order of the menu: name in the URL, title, whether the menu has it, and its own script.
const PAGES: ReadonlyArray<readonly [string, string, 'menu' | 'inner', LoadPage]> = [
  ['', 'Start', 'menu', () => import('./pages/start-page.tsx').then((page) => page.StartPage)],
  ['datasets', 'Data sets', 'menu', () => import('./pages/datasets-page.tsx').then((page) => page.DatasetsPage)],
  ['dataset', 'Data set', 'inner', () => import('./pages/dataset-page.tsx').then((page) => page.DatasetPage)],
  ['runs', 'Runs', 'menu', () => import('./pages/runs-page.tsx').then((page) => page.RunsPage)],
  ['run', 'Looking for anomalies', 'inner', () => import('./pages/run-page.tsx').then((page) => page.RunPage)],
  ['result', 'Anomalies', 'inner', () => import('./pages/result-page.tsx').then((page) => page.ResultPage)],
  ['compare', 'Two runs compared', 'inner', () => import('./pages/compare-page.tsx').then((page) => page.ComparePage)],
  [
    'experiments',
    'Experiments',
    'menu',
    () => import('./pages/experiment/experiments-page.tsx').then((page) => page.ExperimentsPage),
  ],
  [
    'experiment',
    'Experiment',
    'inner',
    () => import('./pages/experiment/experiment-page.tsx').then((page) => page.ExperimentPage),
  ],
  [
    'tracked-run',
    'Run',
    'inner',
    () => import('./pages/experiment/tracked-run-page.tsx').then((page) => page.TrackedRunPage),
  ],
  [
    'compare-runs',
    'Runs compared',
    'inner',
    () => import('./pages/experiment/compare-runs-page.tsx').then((page) => page.CompareRunsPage),
  ],
  [
    'registry',
    'Registry',
    'menu',
    () => import('./pages/model-registry/registered-models-page.tsx').then((page) => page.RegisteredModelsPage),
  ],
  [
    'registered-model',
    'Registered model',
    'inner',
    () => import('./pages/model-registry/registered-model-page.tsx').then((page) => page.RegisteredModelPage),
  ],
  ['models', 'Models', 'menu', () => import('./pages/models-page.tsx').then((page) => page.ModelsPage)],
  ['profiles', 'Profiles', 'menu', () => import('./pages/profile/profiles-page.tsx').then((page) => page.ProfilesPage)],
  ['profile', 'Profile', 'inner', () => import('./pages/profile/profile-page.tsx').then((page) => page.ProfilePage)],
  ['quality', 'Quality', 'menu', () => import('./pages/quality/quality-page.tsx').then((page) => page.QualityPage)],
  ['suite', 'Suite', 'inner', () => import('./pages/quality/suite-page.tsx').then((page) => page.SuitePage)],
  [
    'suggestions',
    'Suggestions',
    'inner',
    () => import('./pages/quality/suggestions-page.tsx').then((page) => page.SuggestionsPage),
  ],
  [
    'quality-result',
    'Check',
    'inner',
    () => import('./pages/quality/quality-result-page.tsx').then((page) => page.QualityResultPage),
  ],
  ['streams', 'Streams', 'menu', () => import('./pages/streams/streams-page.tsx').then((page) => page.StreamsPage)],
  ['stream', 'Stream', 'inner', () => import('./pages/streams/stream-page.tsx').then((page) => page.StreamPage)],
  ['jobs', 'Jobs', 'menu', () => import('./pages/jobs/jobs-page.tsx').then((page) => page.JobsPage)],
  ['job', 'Job', 'inner', () => import('./pages/jobs/job-page.tsx').then((page) => page.JobPage)],
  ['events', 'Events', 'menu', () => import('./pages/events/events-page.tsx').then((page) => page.EventsPage)],
  [
    'dead-letters',
    'Not delivered',
    'inner',
    () => import('./pages/events/dead-letters-page.tsx').then((page) => page.DeadLettersPage),
  ],
  ['webhooks', 'Webhooks', 'inner', () => import('./pages/events/webhooks-page.tsx').then((page) => page.WebhooksPage)],
  ['webhook', 'Webhook', 'inner', () => import('./pages/events/webhook-page.tsx').then((page) => page.WebhookPage)],
  ['audit', 'Audit', 'inner', () => import('./pages/events/audit-page.tsx').then((page) => page.AuditPage)],
  ['activity', 'Activity', 'inner', () => import('./pages/events/activity-page.tsx').then((page) => page.ActivityPage)],
  ['health', 'Health', 'menu', () => import('./pages/health-page.tsx').then((page) => page.HealthPage)],
]

/** The whole page: menu, and what the URL names. */
export function App(): JSX.Element {
  const place = usePlace()
  const [, title, , load] = PAGES.find(([name]) => name === place.page) ?? ['', 'Not found', 'inner', undefined]
  useEffect(() => {
    document.title = `${title} - Nomaly`
  }, [title])
  return (
    <>
      <Menu page={place.page} />
      <main>
        <h1>{title}</h1>
        {load === undefined ? (
          <p>
            There is no such page. <a href={addressOf('')}>Go to the start</a>.
          </p>
        ) : (
          <Shown key={place.page} load={load} place={place} />
        )}
      </main>
    </>
  )
}

function Menu({ page }: { readonly page: string }): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => setOpen(false), [page])
  return (
    <header>
      <nav aria-label="Pages" class={isOpen ? 'open' : undefined}>
        <strong>Nomaly</strong>
        <button type="button" class="quiet fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          Menu
        </button>
        {PAGES.filter(([, , where]) => where === 'menu').map(([name, title]) => (
          <a key={name} href={addressOf(name)} aria-current={name === page ? 'page' : undefined}>
            {title}
          </a>
        ))}
        <a href="/docs">API</a>
      </nav>
    </header>
  )
}

function Shown({ load, place }: { readonly load: LoadPage; readonly place: Place }): JSX.Element {
  const page = usePage(load)
  if (page.kind === 'failed') return <Failure why={page.why} />
  if (page.kind === 'waiting') return <p role="status">Loading ...</p>
  return <page.Page query={place.query} />
}
