import type { LoggedModel } from '../../../domain/logged-model.ts'
import { pairs, some } from './plain.ts'
import { metricWire } from './run-wire.ts'

/** MLflow's `LoggedModel`. */
export function loggedModelWire(model: LoggedModel): object {
  return {
    info: {
      model_id: model.id,
      experiment_id: model.experimentId,
      name: model.name,
      creation_timestamp_ms: model.createdAt,
      last_updated_timestamp_ms: model.updatedAt,
      artifact_uri: model.artifactLocation,
      status: `LOGGED_MODEL_${model.status}`,
      model_type: model.modelType,
      source_run_id: model.sourceRunId,
      status_message: model.statusMessage,
      tags: pairs(model.tags),
    },
    data: {
      params: pairs(model.params),
      metrics: some(model.metrics.map((point) => metricWire({ ...point, modelId: model.id }))),
    },
  }
}
