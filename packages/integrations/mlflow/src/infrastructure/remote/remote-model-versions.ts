import { z } from 'zod'

import type { ModelVersionStore } from '../../application/ports/model-version-store.ts'
import { MlflowError } from '../../domain/errors.ts'
import type { ModelVersion, ModelVersionChange } from '../../domain/model-version.ts'
import * as answers from './answers.ts'
import type { MlflowConnection } from './mlflow-connection.ts'
import { orUndefined, pairsOf, remoteSearch } from './remote-search.ts'

const one = z.object({ model_version: answers.modelVersion })

/** Versions of registered models of a remote MLflow. The one who registers is whom the server takes the caller for. */
export function remoteModelVersions(connection: MlflowConnection): ModelVersionStore {
  const get = async (name: string, version: string): Promise<ModelVersion> =>
    (await connection.call('GET', 'model-versions/get', { name, version }, one)).model_version
  return {
    create: async ({ name, source, runId, runLink, modelId, description, tags = {} }) => {
      const fields = {
        name,
        source,
        run_id: runId,
        run_link: runLink,
        model_id: modelId,
        description,
        tags: pairsOf(tags),
      }
      const made = await connection.call('POST', 'model-versions/create', fields, one)
      return made.model_version
    },
    find: (name, version) => orUndefined(get(name, version)),
    change: async (name, version, change) => {
      const [method, path, fields] = callOf(change)
      await connection.call(method, `model-versions/${path}`, { name, version, ...fields }, answers.nothing)
      return change.kind === 'delete' ? undefined : get(name, version)
    },
    search: (query) =>
      remoteSearch(connection, query, {
        method: 'GET',
        path: 'model-versions/search',
        member: 'model_versions',
        item: answers.modelVersion,
        longest: 50_000,
      }),
  }
}

function callOf(
  change: ModelVersionChange | { readonly kind: 'delete' },
): readonly ['POST' | 'PATCH' | 'DELETE', string, object] {
  switch (change.kind) {
    case 'describe':
      return ['PATCH', 'update', { description: change.description }]
    case 'set-tag':
      return ['POST', 'set-tag', { key: change.key, value: change.value }]
    case 'delete-tag':
      return ['DELETE', 'delete-tag', { key: change.key }]
    case 'stage':
      return ['POST', 'transition-stage', stageFields(change.stage, change.archiveExisting ?? false)]
    case 'delete':
      return ['DELETE', 'delete', {}]
  }
}

function stageFields(stage: string, archive: boolean): object {
  // MLflow fails with 500 here, which would be tried again and again
  if (archive && !/^(staging|production)$/i.test(stage)) {
    const message = `only versions in Staging and Production are archived by others, not in ${stage}`
    throw new MlflowError('mlflow/invalid-argument', message, { field: 'stage', found: stage })
  }
  return { stage, archive_existing_versions: archive }
}
