import { z } from 'zod'

import { MlflowError } from '../../../domain/errors.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { field, named } from '../request/fields.ts'
import { experimentIdOf, maxResults } from '../request/limits.ts'
import type { TrackerPorts } from '../tracker-ports.ts'
import { experimentWire } from '../wire/experiment-wire.ts'
import { recordOf } from '../wire/plain.ts'
import { queryOf, viewOf, viewTypes } from './query.ts'

const pair = z.object({ key: field.requiredText(), value: field.textOr('') })
const id = { experiment_id: field.requiredText() }
const path = (name: string): string => `/mlflow/experiments/${name}`

/** Experiments: create, read, search, change, delete, restore, tag. */
export function experimentEndpoints({ experiments, runs }: TrackerPorts): ReadonlyArray<Endpoint> {
  const search = {
    max_results: maxResults(50_000, 1000),
    filter: field.text(),
    order_by: field.texts(),
    view_type: named(viewTypes),
    page_token: field.text(),
  }
  const answerSearch: Parameters<typeof endpoint<typeof search>>[3] = async (request) => {
    const { items, next } = await experiments.search(queryOf(request, viewOf(request.view_type)))
    return { experiments: items.length === 0 ? undefined : items.map(experimentWire), next_page_token: next }
  }
  return [
    endpoint(
      'POST',
      path('create'),
      { name: field.requiredText(), artifact_location: field.text(), tags: field.list(pair) },
      async ({ name, artifact_location: location, tags }) => {
        const made = await experiments.create({
          name,
          tags: recordOf(tags),
          ...(location === undefined || location === '' ? {} : { artifactLocation: artifactLocationOf(location) }),
        })
        return { experiment_id: made.id }
      },
    ),
    endpoint('GET', path('get'), id, async ({ experiment_id }) => {
      const found = await experiments.find({ id: experimentIdOf(experiment_id) })
      if (found !== undefined) return { experiment: experimentWire(found) }
      throw noExperiment(experiment_id)
    }),
    endpoint(
      'GET',
      path('get-by-name'),
      { experiment_name: field.requiredText() },
      async ({ experiment_name: name }) => {
        const found = await experiments.find({ name })
        if (found !== undefined) return { experiment: experimentWire(found) }
        throw new MlflowError('mlflow/not-found', `Could not find experiment with name '${name}'`)
      },
    ),
    endpoint('GET', path('search'), search, answerSearch),
    endpoint('POST', path('search'), search, answerSearch),
    endpoint('POST', path('update'), { ...id, new_name: field.requiredText() }, async (request) => {
      const experiment = experimentIdOf(request.experiment_id)
      const found = await experiments.find({ id: experiment })
      if (found?.lifecycleStage === 'deleted') {
        throw new MlflowError('mlflow/invalid-state', 'Cannot rename a non-active experiment.')
      }
      await experiments.change(experiment, { kind: 'rename', name: request.new_name })
      return {}
    }),
    ...(['delete', 'restore'] as const).map((kind) =>
      endpoint('POST', path(kind), id, async ({ experiment_id }) => {
        const key = experimentIdOf(experiment_id)
        const found = await experiments.find({ id: key })
        // MLflow deletes only what is active and restores only what is deleted
        if (found === undefined || (found.lifecycleStage === 'deleted') === (kind === 'delete')) throw noExperiment(key)
        await experiments.change(key, { kind })
        return {}
      }),
    ),
    endpoint(
      'POST',
      path('set-experiment-tag'),
      { ...id, key: field.requiredText(), value: field.textOr('') },
      async ({ experiment_id, key, value }) => {
        await experiments.change(experimentIdOf(experiment_id), { kind: 'set-tag', key, value })
        return {}
      },
    ),
    endpoint(
      'POST',
      path('delete-experiment-tag'),
      { ...id, key: field.requiredText() },
      async ({ experiment_id, key }) => {
        await experiments.change(experimentIdOf(experiment_id), { kind: 'delete-tag', key })
        return {}
      },
    ),
    { ...searchDatasets(runs), isAjaxOnly: true },
  ]
}

function noExperiment(key: string): MlflowError {
  return new MlflowError('mlflow/not-found', `No Experiment with id=${key} exists`, { entity: 'experiment', key })
}

const MOST_EXPERIMENTS = 20

function searchDatasets(runs: TrackerPorts['runs']): Endpoint {
  const shape = { experiment_ids: field.texts() }
  return endpoint('POST', path('search-datasets'), shape, async ({ experiment_ids: ids }) => {
    if (ids.length === 0 || ids.length > MOST_EXPERIMENTS) {
      const message =
        ids.length === 0
          ? 'SearchDatasets request must specify at least one experiment_id.'
          : `SearchDatasets request cannot specify more than ${MOST_EXPERIMENTS} experiment_ids. Received ${ids.length} experiment_ids.`
      throw new MlflowError('mlflow/invalid-argument', message)
    }
    const seen = new Map<string, object>()
    let pageToken: string | undefined
    do {
      const page = await runs.search({
        experimentIds: ids.map(experimentIdOf),
        ...(pageToken === undefined ? {} : { pageToken }),
      })
      for (const run of page.items) {
        for (const { name, digest, tags } of run.datasetInputs) {
          const context = tags['mlflow.data.context']
          const summary = { experiment_id: run.experimentId, name, digest, context }
          seen.set(JSON.stringify(summary), summary)
        }
      }
      pageToken = page.next
    } while (pageToken !== undefined)
    return { dataset_summaries: seen.size === 0 ? undefined : [...seen.values()] }
  })
}

const MOST_LOCATION = 2048

function artifactLocationOf(uri: string): string {
  const refuse = (message: string): never => {
    throw new MlflowError('mlflow/invalid-argument', message)
  }
  if (uri.length > MOST_LOCATION) {
    refuse(`Invalid artifact path length. The length of the artifact path is greater than ${MOST_LOCATION} characters.`)
  }
  if (/^runs:/i.test(uri)) refuse(`Artifact location cannot be a runs:/ URI. Given: '${uri}'`)
  if (/[#;]/.test(uri)) refuse(`'artifact_location' URL can't include fragments or params.`)
  const query = uri.split('?').slice(1).join('?')
  if (/%|(^|[=&/\\])\.\.([/\\&]|$)/.test(query)) refuse(`Invalid query string: ${query}`)
  return uri
}
