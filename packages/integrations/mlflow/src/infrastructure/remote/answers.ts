import { z } from 'zod'

import type { Experiment } from '../../domain/experiment.ts'
import type { MetricPoint } from '../../domain/metric.ts'
import type { ModelVersion } from '../../domain/model-version.ts'
import type { RegisteredModel } from '../../domain/registered-model.ts'

/** MLflow's messages as they are answered, read into the words of the ports. Numbers may come as digits. */

const whole: z.ZodType<number> = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
])
const double: z.ZodType<number> = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number)])
const pairs: z.ZodType<Readonly<Record<string, string>>> = z
  .array(z.object({ key: z.string(), value: z.string().default('') }))
  .default([])
  .transform((list): Readonly<Record<string, string>> => Object.fromEntries(list.map(({ key, value }) => [key, value])))
const filled: z.ZodType<string | undefined> = z
  .string()
  .optional()
  .transform((text) => (text === '' ? undefined : text))

/** Whole and other numbers, listed pairs, and texts that count as absent when empty. */
export const read: {
  readonly whole: z.ZodType<number>
  readonly double: z.ZodType<number>
  readonly pairs: z.ZodType<Readonly<Record<string, string>>>
  readonly filled: z.ZodType<string | undefined>
} = { whole, double, pairs, filled }

/** An answer that says nothing. */
export const nothing: z.ZodType = z.unknown()

/** MLflow's `Experiment`. */
export const experiment: z.ZodType<Experiment> = z
  .object({
    experiment_id: z.string(),
    name: z.string(),
    artifact_location: z.string().default(''),
    lifecycle_stage: z.enum(['active', 'deleted']).default('active'),
    creation_time: whole.default(0),
    last_update_time: whole.default(0),
    tags: pairs,
  })
  .transform((found) => ({
    id: found.experiment_id,
    name: found.name,
    artifactLocation: found.artifact_location,
    folder: '',
    lifecycleStage: found.lifecycle_stage,
    createdAt: found.creation_time,
    updatedAt: found.last_update_time,
    tags: found.tags,
  }))

/** MLflow's `Metric`. */
export const metric: z.ZodType<MetricPoint & { readonly runId?: string }> = z
  .object({
    key: z.string(),
    value: double.default(0),
    timestamp: whole.default(0),
    step: whole.default(0),
    model_id: filled,
    dataset_name: filled,
    dataset_digest: filled,
    run_id: filled,
  })
  .transform((found) => ({
    key: found.key,
    value: found.value,
    at: found.timestamp,
    step: found.step,
    ...(found.model_id === undefined ? {} : { modelId: found.model_id }),
    ...(found.dataset_name === undefined ? {} : { datasetName: found.dataset_name }),
    ...(found.dataset_digest === undefined ? {} : { datasetDigest: found.dataset_digest }),
    ...(found.run_id === undefined ? {} : { runId: found.run_id }),
  }))

/** MLflow's `ModelVersion`. */
export const modelVersion: z.ZodType<ModelVersion> = z
  .object({
    name: z.string(),
    version: z.union([z.string(), z.number()]).transform(String),
    creation_timestamp: whole.default(0),
    last_updated_timestamp: whole.optional(),
    user_id: z.string().default(''),
    current_stage: z.enum(['None', 'Staging', 'Production', 'Archived']).catch('None'),
    description: z.string().default(''),
    source: z.string().default(''),
    run_id: filled,
    run_link: filled,
    model_id: filled,
    status: z.enum(['PENDING_REGISTRATION', 'FAILED_REGISTRATION', 'READY']).default('READY'),
    status_message: filled,
    tags: pairs,
    aliases: z.array(z.string()).default([]),
  })
  .transform((found) => ({
    name: found.name,
    version: found.version,
    createdAt: found.creation_timestamp,
    updatedAt: found.last_updated_timestamp ?? found.creation_timestamp,
    userId: found.user_id,
    stage: found.current_stage,
    description: found.description,
    source: found.source,
    ...(found.run_id === undefined ? {} : { runId: found.run_id }),
    ...(found.run_link === undefined ? {} : { runLink: found.run_link }),
    ...(found.model_id === undefined ? {} : { modelId: found.model_id }),
    status: found.status,
    ...(found.status_message === undefined ? {} : { statusMessage: found.status_message }),
    tags: found.tags,
    aliases: found.aliases,
  }))

const aliases = z
  .array(z.object({ alias: z.string(), version: z.union([z.string(), z.number()]).transform(String) }))
  .default([])

/** MLflow's `RegisteredModel`. */
export const registeredModel: z.ZodType<RegisteredModel> = z
  .object({
    name: z.string(),
    creation_timestamp: whole.default(0),
    last_updated_timestamp: whole.optional(),
    description: z.string().default(''),
    latest_versions: z.array(modelVersion).default([]),
    tags: pairs,
    aliases,
  })
  .transform((found) => ({
    name: found.name,
    createdAt: found.creation_timestamp,
    updatedAt: found.last_updated_timestamp ?? found.creation_timestamp,
    description: found.description,
    tags: found.tags,
    aliases: Object.fromEntries(found.aliases.map(({ alias, version }) => [alias, version])),
    latestVersions: found.latest_versions,
  }))
