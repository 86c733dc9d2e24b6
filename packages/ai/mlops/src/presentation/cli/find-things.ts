import { MlopsError } from '../../domain/errors.ts'
import type { Experiment } from '../../domain/experiment.ts'
import type { ModelVersion } from '../../domain/model-version.ts'
import type { RegisteredModel } from '../../domain/registered-model.ts'
import type { Run } from '../../domain/run.ts'
import type { MlopsCommandServices } from './command-context.ts'
import { nearestName } from './nearest-name.ts'

const MOST = 1000 // that a nearest name is looked for among

/** The experiment of a name or an id. @throws MlopsError `mlops/not-found` with the nearest there is */
export async function experimentOf({ experiments }: MlopsCommandServices, text: string): Promise<Experiment> {
  const found =
    (await experiments.find({ name: text })) ?? (/^\d+$/.test(text) ? await experiments.find({ id: text }) : undefined)
  if (found !== undefined) return found
  const { items } = await experiments.search({ view: 'all', limit: MOST })
  throw missing(
    'experiment',
    text,
    items.map(({ name }) => name),
  )
}

/** The run of an id, the beginning of one, or a name that only one run has. @throws MlopsError `mlops/not-found`, `mlops/invalid-argument` */
export async function runOf({ runs, tracker }: MlopsCommandServices, text: string): Promise<Run> {
  const found = await runs.find(text)
  if (found !== undefined) return found
  const quoted = text.replaceAll("'", "''")
  const isStart = /^[0-9a-f]{4,31}$/.test(text)
  const filter = `attributes.run_name = '${quoted}'${isStart ? ` OR attributes.run_id LIKE '${text}%'` : ''}`
  const { items } = await tracker.searchRuns({ filter, view: 'all', limit: 3 })
  const [only, ...others] = items
  if (only !== undefined && others.length === 0) return only
  if (only !== undefined) {
    const ids = items.map(({ id }) => id).join(', ')
    throw new MlopsError('mlops/invalid-argument', `several runs are '${text}': ${ids}, ...; give an id`, {
      field: 'run',
      found: text,
    })
  }
  const last = await tracker.searchRuns({ view: 'all', limit: MOST })
  throw missing(
    'run',
    text,
    last.items.flatMap(({ id, name }) => [id, name]),
  )
}

/** The registered model of a name. @throws MlopsError `mlops/not-found` with the nearest there is */
export async function registeredModelOf({ registry }: MlopsCommandServices, name: string): Promise<RegisteredModel> {
  const found = await registry.model(name)
  if (found !== undefined) return found
  const { items } = await registry.models({ limit: MOST })
  throw missing(
    'registered model',
    name,
    items.map((model) => model.name),
  )
}

/** The version that `fraud/3`, `fraud@champion`, `fraud/latest` or plain `fraud` (its newest) names. @throws MlopsError `mlops/not-found` */
export async function versionOf(services: MlopsCommandServices, text: string): Promise<ModelVersion> {
  const path = text.replace(/^models:\/+/, '')
  await registeredModelOf(services, path.replace(/[/@].*$/, ''))
  const numbered = path.replace(/@(\d+)$/, '/$1') // as kept models are named
  return services.registry.version(/[/@]/.test(numbered) ? numbered : `${numbered}/latest`)
}

function missing(entity: string, text: string, names: ReadonlyArray<string>): MlopsError {
  const nearest = nearestName(text, names)
  const advice =
    nearest === undefined ? (names.length === 0 ? '; there is none yet' : '') : ` (did you mean '${nearest}'?)`
  return new MlopsError('mlops/not-found', `there is no ${entity} '${text}'${advice}`, { entity, key: text, nearest })
}
