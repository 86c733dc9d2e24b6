import { proxiedPathOf } from '../../domain/artifact-uri.ts'
import type { Page, SearchQuery } from '../../domain/page.ts'
import type { TrackerSource } from '../ports/tracker-source.ts'
import type { TrackerTarget } from '../ports/tracker-target.ts'

/** Reads a tracker through its ports: to export it to an MLflow server, or to import a server that runs. */
export function trackerAsSource(tracker: TrackerTarget): TrackerSource {
  const { experiments, runs, log, loggedModels, registeredModels, modelVersions, artifacts } = tracker
  return {
    experiments: () => pages({ view: 'all', orderBy: ['creation_time ASC'] }, experiments.search),
    runs: (experimentId) =>
      pages({ view: 'all', limit: 500 }, (query) => runs.search({ ...query, experimentIds: [experimentId] })),
    series: async function* (run, key) {
      let pageToken: string | undefined
      do {
        const page = await log.history(run.id, key, pageToken === undefined ? {} : { pageToken })
        yield page.items
        pageToken = page.next
      } while (pageToken !== undefined)
    },
    loggedModels: async function* (experimentId) {
      try {
        yield* pages({ limit: 500 }, (query) => loggedModels.search({ ...query, experimentIds: [experimentId] }))
      } catch (error) {
        if (!isNotSupported(error)) throw error // an MLflow of 2.x has none
      }
    },
    registeredModels: async function* () {
      yield* pages({}, registeredModels.search)
      yield* pages({ filter: "tags.`mlflow.prompt.is_prompt` = 'true'" }, registeredModels.search)
    },
    modelVersions: (name) =>
      pages(
        { filter: `name = '${name.replaceAll("'", "''")}'`, orderBy: ['version_number ASC'] },
        modelVersions.search,
      ),
    artifacts: (location) => {
      const root = proxiedPathOf(location)
      if (root === undefined) return undefined
      const below = (path: string): string => (path === '' ? root : `${root}/${path}`)
      return {
        list: async (path) =>
          (await artifacts.list(below(path))).map((entry) => ({ ...entry, path: entry.path.slice(root.length + 1) })),
        get: (path) => artifacts.get(below(path)),
      }
    },
    problems: [],
  }
}

async function* pages<T>(query: SearchQuery, search: (query: SearchQuery) => Promise<Page<T>>): AsyncGenerator<T> {
  let pageToken: string | undefined
  do {
    const page = await search(pageToken === undefined ? query : { ...query, pageToken })
    yield* page.items
    pageToken = page.next
  } while (pageToken !== undefined)
}

function isNotSupported(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).endsWith('/not-supported')
}
