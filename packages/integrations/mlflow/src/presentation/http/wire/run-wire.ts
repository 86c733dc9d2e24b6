import type { DatasetInput } from '../../../domain/dataset-input.ts'
import type { MetricPoint } from '../../../domain/metric.ts'
import type { Run } from '../../../domain/run.ts'
import { pairs, some, wireDouble } from './plain.ts'

/** MLflow's `RunInfo`. */
export function runInfoWire(run: Run): object {
  return {
    run_id: run.id,
    run_uuid: run.id,
    run_name: run.name,
    experiment_id: run.experimentId,
    user_id: run.userId,
    status: run.status,
    start_time: run.startedAt,
    end_time: run.endedAt,
    artifact_uri: run.artifactLocation,
    lifecycle_stage: run.lifecycleStage,
  }
}

/** MLflow's `Run`: its information, data, inputs and outputs. */
export function runWire(run: Run): object {
  return {
    info: runInfoWire(run),
    data: {
      metrics: some(
        Object.entries(run.metrics).map(([key, { value, at, step }]) => ({
          key,
          value: wireDouble(value),
          timestamp: at,
          step,
        })),
      ),
      params: pairs(run.params),
      tags: pairs(run.tags),
    },
    inputs: {
      dataset_inputs: some(run.datasetInputs.map(datasetInputWire)),
      model_inputs: some(run.modelInputs.map(({ modelId }) => ({ model_id: modelId }))),
    },
    outputs: some(run.modelOutputs)
      ? { model_outputs: run.modelOutputs.map(({ modelId, step }) => ({ model_id: modelId, step })) }
      : undefined,
  }
}

/** MLflow's `Metric`. */
export function metricWire(point: MetricPoint & { readonly runId?: string }): object {
  return {
    key: point.key,
    value: wireDouble(point.value),
    timestamp: point.at,
    step: point.step,
    model_id: point.modelId,
    dataset_name: point.datasetName,
    dataset_digest: point.datasetDigest,
    run_id: point.runId,
  }
}

function datasetInputWire({ tags, name, digest, sourceType, source, schema, profile }: DatasetInput): object {
  return { tags: pairs(tags), dataset: { name, digest, source_type: sourceType, source, schema, profile } }
}
