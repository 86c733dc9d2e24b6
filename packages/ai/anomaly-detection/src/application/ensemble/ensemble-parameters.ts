import { z } from 'zod'

import type { CombinationMethod } from '../../domain/combination/combination-rule.ts'
import type { KnownRow } from '../../domain/combination/stacking.ts'
import type { UnificationMethod } from '../../domain/unification/unification.ts'
import { parseBySchema } from '../parse-options.ts'
import { type MemberChoice, memberList } from './member-list.ts'

/** How an ensemble is made. Complete: every default is filled in. */
export interface EnsembleParameters {
  readonly detectors: ReadonlyArray<MemberChoice>
  readonly combine: CombinationMethod
  readonly unify: UnificationMethod
  readonly weights: ReadonlyArray<number> | null
  readonly nBuckets: number | null
  readonly contamination: number
  readonly labels: ReadonlyArray<KnownRow> | null
  readonly ridge: number
}

const DEFAULT_MEMBERS = ['iforest', 'ecod', 'knn']
const WEIGHTED: ReadonlyArray<CombinationMethod> = ['average', 'vote']
const BUCKETED: ReadonlyArray<CombinationMethod> = ['aom', 'moa']

const fields = z.strictObject({
  detectors: memberList(2, DEFAULT_MEMBERS),
  combine: z
    .enum(['average', 'max', 'median', 'aom', 'moa', 'vote', 'stack'])
    .default('average')
    .describe('how the scores of a row become one; aom: average of maximum, moa: maximum of average, over buckets'),
  unify: z
    .enum(['rank', 'z-score', 'min-max', 'regularized', 'gaussian', 'gamma'])
    .default('z-score')
    .describe("how the detectors' scores are brought to one scale first"),
  weights: z
    .array(z.number().min(0).max(1e6))
    .nullable()
    .default(null)
    .describe('of average and vote: one for each detector; null: all alike'),
  nBuckets: z.int().min(1).nullable().default(null).describe('of aom and moa; null: half as many as detectors'),
  contamination: z.number().gt(0).max(0.5).default(0.1).describe('of vote: the share of rows each detector votes for'),
  labels: z
    .array(z.strictObject({ row: z.int().min(0), anomaly: z.boolean() }))
    .nullable()
    .default(null)
    .describe('of stack: rows (from 0) whose kind is known, some of each kind'),
  ridge: z
    .number()
    .min(1e-3)
    .max(1e9)
    .default(1)
    .describe('of stack: how strongly it is drawn to the average; a label weighs 1'),
}) satisfies z.ZodType<EnsembleParameters>

const schema = fields.superRefine((parameters, context) => {
  for (const [path, message] of faultsOf(parameters)) context.addIssue({ code: 'custom', path: [path], message })
})

/** The parameters as JSON Schema, with defaults and ranges. */
export function ensembleParameterSchema(): Readonly<Record<string, unknown>> {
  const { $schema: _, ...parameters } = z.toJSONSchema(fields, { io: 'input' })
  return parameters
}

/** @throws AnomalyDetectionError `invalid-parameters` naming each bad one */
export function parseEnsembleParameters(input: unknown): EnsembleParameters {
  return parseBySchema(schema, input ?? {}, 'anomaly-detection/invalid-parameters', 'parameters of ensemble')
}

function* faultsOf({
  detectors,
  combine,
  weights,
  nBuckets,
  labels,
}: EnsembleParameters): Generator<readonly [string, string]> {
  const members = detectors.length
  if (weights !== null) {
    if (!WEIGHTED.includes(combine)) yield ['weights', `${combine} takes no weights; average and vote do`]
    if (weights.length !== members) yield ['weights', `${weights.length} weights for ${members} detectors`]
    if (weights.every((weight) => weight === 0)) yield ['weights', 'at least one must be above 0']
  }
  if (nBuckets !== null) {
    if (!BUCKETED.includes(combine)) yield ['nBuckets', `${combine} has no buckets; aom and moa do`]
    if (nBuckets > members) yield ['nBuckets', `${nBuckets} buckets for ${members} detectors: some would be empty`]
  }
  const kinds = new Set(labels?.map(({ anomaly }) => anomaly))
  if (combine === 'stack' && kinds.size < 2) {
    yield ['labels', 'stack learns from known rows: give at least one anomaly and one normal row']
  }
  if (combine !== 'stack' && labels !== null) yield ['labels', `${combine} learns from no labels; stack does`]
  if (new Set(labels?.map(({ row }) => row)).size !== (labels?.length ?? 0)) yield ['labels', 'a row is named twice']
}
