import { z } from 'zod'

import type { Run } from '../../domain/run.ts'
import { metric, read } from './answers.ts'

const info = z.object({
  run_id: z.string(),
  experiment_id: z.string(),
  run_name: z.string().default(''),
  user_id: z.string().default(''),
  status: z.enum(['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']).default('RUNNING'),
  start_time: read.whole.default(0),
  end_time: read.whole.optional(),
  lifecycle_stage: z.enum(['active', 'deleted']).default('active'),
  artifact_uri: z.string().default(''),
})

const dataset = z.object({
  name: z.string(),
  digest: z.string(),
  source_type: z.string().default(''),
  source: z.string().default(''),
  schema: z.string().optional(),
  profile: z.string().optional(),
})

const empty = { metrics: [], params: {}, tags: {} }

/** MLflow's `Run`. */
export const run: z.ZodType<Run> = z
  .object({
    info,
    data: z.object({ metrics: z.array(metric).default([]), params: read.pairs, tags: read.pairs }).default(empty),
    inputs: z
      .object({
        dataset_inputs: z.array(z.object({ dataset, tags: read.pairs })).default([]),
        model_inputs: z.array(z.object({ model_id: z.string() })).default([]),
      })
      .default({ dataset_inputs: [], model_inputs: [] }),
    outputs: z
      .object({
        model_outputs: z.array(z.object({ model_id: z.string(), step: read.whole.default(0) })).default([]),
      })
      .default({ model_outputs: [] }),
  })
  .transform((found) => ({
    id: found.info.run_id,
    experimentId: found.info.experiment_id,
    name: found.info.run_name,
    userId: found.info.user_id,
    status: found.info.status,
    startedAt: found.info.start_time,
    ...(found.info.end_time === undefined || found.info.end_time === 0 ? {} : { endedAt: found.info.end_time }),
    lifecycleStage: found.info.lifecycle_stage,
    artifactLocation: found.info.artifact_uri,
    params: found.data.params,
    metrics: Object.fromEntries(found.data.metrics.map(({ key, value, step, at }) => [key, { value, step, at }])),
    tags: found.data.tags,
    datasetInputs: found.inputs.dataset_inputs.map(({ dataset: { source_type, schema, profile, ...rest }, tags }) => ({
      ...rest,
      sourceType: source_type,
      ...(schema === undefined ? {} : { schema }),
      ...(profile === undefined ? {} : { profile }),
      tags,
    })),
    modelInputs: found.inputs.model_inputs.map(({ model_id }) => ({ modelId: model_id })),
    modelOutputs: found.outputs.model_outputs.map(({ model_id, step }) => ({ modelId: model_id, step })),
  }))
