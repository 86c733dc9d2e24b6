import { z } from 'zod'

import type { ExperimentStore } from '../../application/ports/experiment-store.ts'
import { MlflowError } from '../../domain/errors.ts'
import type { Experiment, ExperimentChange } from '../../domain/experiment.ts'
import * as answers from './answers.ts'
import type { MlflowConnection } from './mlflow-connection.ts'
import { notSupported, orUndefined, pairsOf, remoteSearch, viewName } from './remote-search.ts'

const one = z.object({ experiment: answers.experiment })

/** Experiments of a remote MLflow. It has no folders: they are `not-supported`. */
export function remoteExperiments(connection: MlflowConnection): ExperimentStore {
  const get = async (id: string): Promise<Experiment> =>
    (await connection.call('GET', 'experiments/get', { experiment_id: id }, one)).experiment
  return {
    create: async ({ name, artifactLocation, folder = '', tags = {} }) => {
      if (folder !== '') notSupported('folders of experiments')
      const fields = { name, tags: pairsOf(tags), ...(artifactLocation ? { artifact_location: artifactLocation } : {}) }
      const made = await connection.call('POST', 'experiments/create', fields, z.object({ experiment_id: z.string() }))
      return get(made.experiment_id)
    },
    find: async (key) => {
      if ('id' in key) return orUndefined(get(key.id))
      const path = 'experiments/get-by-name'
      return (await orUndefined(connection.call('GET', path, { experiment_name: key.name }, one)))?.experiment
    },
    change: async (id, change) => {
      const [path, fields] = callOf(change)
      try {
        await connection.call('POST', `experiments/${path}`, { experiment_id: id, ...fields }, answers.nothing)
      } catch (error) {
        // MLflow finds no active experiment to delete and no deleted one to restore: here, again is harmless
        const isAgain = MlflowError.is(error) && error.code === 'mlflow/not-found' && change.kind in STAGES
        const found = isAgain ? await orUndefined(get(id)) : undefined
        if (found === undefined || found.lifecycleStage !== STAGES[change.kind]) throw error
      }
      return get(id)
    },
    search: (query) =>
      remoteSearch(connection, query, {
        method: 'POST',
        path: 'experiments/search',
        member: 'experiments',
        item: answers.experiment,
        longest: 50_000,
        fields: { view_type: viewName(query) },
      }),
  }
}

const STAGES: Readonly<Partial<Record<ExperimentChange['kind'], string>>> = { delete: 'deleted', restore: 'active' }

function callOf(change: ExperimentChange): readonly [string, object] {
  switch (change.kind) {
    case 'rename':
      return ['update', { new_name: change.name }]
    case 'set-tag':
      return ['set-experiment-tag', { key: change.key, value: change.value }]
    case 'delete-tag':
      return ['delete-experiment-tag', { key: change.key }]
    case 'move':
      return notSupported('folders of experiments')
    case 'delete':
    case 'restore':
      return [change.kind, {}]
  }
}
