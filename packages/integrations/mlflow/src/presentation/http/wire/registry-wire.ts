import type { ModelVersion } from '../../../domain/model-version.ts'
import type { RegisteredModel } from '../../../domain/registered-model.ts'
import { filled, pairs, some } from './plain.ts'

/** MLflow's `RegisteredModel`. */
export function registeredModelWire(model: RegisteredModel): object {
  return {
    name: model.name,
    creation_timestamp: model.createdAt,
    last_updated_timestamp: model.updatedAt,
    description: model.description,
    latest_versions: some(model.latestVersions.map(modelVersionWire)),
    tags: pairs(model.tags),
    aliases: some(Object.entries(model.aliases).map(([alias, version]) => ({ alias, version }))),
  }
}

/** MLflow's `ModelVersion`. */
export function modelVersionWire(version: ModelVersion): object {
  return {
    name: version.name,
    version: version.version,
    creation_timestamp: version.createdAt,
    last_updated_timestamp: version.updatedAt,
    user_id: filled(version.userId),
    current_stage: version.stage,
    description: version.description,
    source: version.source,
    run_id: version.runId ?? '',
    status: version.status,
    status_message: version.statusMessage,
    tags: pairs(version.tags),
    run_link: version.runLink ?? '',
    aliases: some(version.aliases),
    model_id: version.modelId,
  }
}
