import { z } from 'zod'

import type { RegisteredModelStore } from '../../application/ports/registered-model-store.ts'
import type { RegisteredModel, RegisteredModelChange } from '../../domain/registered-model.ts'
import * as answers from './answers.ts'
import type { MlflowConnection } from './mlflow-connection.ts'
import { orUndefined, pairsOf, remoteSearch } from './remote-search.ts'

const one = z.object({ registered_model: answers.registeredModel })

/** Registered models of a remote MLflow. */
export function remoteRegisteredModels(connection: MlflowConnection): RegisteredModelStore {
  const get = async (name: string): Promise<RegisteredModel> =>
    (await connection.call('GET', 'registered-models/get', { name }, one)).registered_model
  return {
    create: async ({ name, description, tags = {} }) => {
      const fields = { name, description, tags: pairsOf(tags) }
      await connection.call('POST', 'registered-models/create', fields, one)
      return get(name)
    },
    find: (name) => orUndefined(get(name)),
    change: async (name, change) => {
      const [method, path, fields] = callOf(change)
      await connection.call(method, `registered-models/${path}`, { name, ...fields }, answers.nothing)
      if (change.kind === 'delete') return undefined
      return get(change.kind === 'rename' ? change.name : name)
    },
    search: (query) =>
      remoteSearch(connection, query, {
        method: 'GET',
        path: 'registered-models/search',
        member: 'registered_models',
        item: answers.registeredModel,
        longest: 1000,
      }),
  }
}

function callOf(
  change: RegisteredModelChange | { readonly kind: 'delete' },
): readonly ['POST' | 'PATCH' | 'DELETE', string, object] {
  switch (change.kind) {
    case 'rename':
      return ['POST', 'rename', { new_name: change.name }]
    case 'describe':
      return ['PATCH', 'update', { description: change.description }]
    case 'set-tag':
      return ['POST', 'set-tag', { key: change.key, value: change.value }]
    case 'delete-tag':
      return ['DELETE', 'delete-tag', { key: change.key }]
    case 'set-alias':
      return ['POST', 'alias', { alias: change.alias, version: change.version }]
    case 'delete-alias':
      return ['DELETE', 'alias', { alias: change.alias }]
    case 'delete':
      return ['DELETE', 'delete', {}]
  }
}
