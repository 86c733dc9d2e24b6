import { z } from 'zod'

import type { ConfiguredDetector } from '../catalogue/catalogue-entry.ts'

/** A detector with the parameters that differ from its defaults. */
export interface MemberChoice {
  readonly id: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** Makes a detector of the catalogue. @throws AnomalyDetectionError `unknown-detector`, `invalid-parameters` */
export type ConfigureMember = (id: string, parameters: unknown) => ConfiguredDetector

const choice = z.union([
  z.string().transform((id) => ({ id, parameters: {} })),
  z.strictObject({ id: z.string(), parameters: z.record(z.string(), z.unknown()).default({}) }),
])

/** Detectors by id, or as `{ id, parameters }`; one may stand there twice, with other parameters or another seed. */
export function memberList(least: number, defaults: ReadonlyArray<string>): z.ZodType<ReadonlyArray<MemberChoice>> {
  return z
    .array(choice)
    .min(least, `give at least ${least} detectors; one alone is used by its own id`)
    .max(1000)
    .default(defaults.map((id) => ({ id, parameters: {} })))
    .describe('ids of detectors, or { id, parameters }')
}

/** The seed of a member: as if it stood alone for the first, and other randomness for each further one. */
export function memberSeed(seed: number, member: number): number {
  return member === 0 ? seed : (seed + member) % Number.MAX_SAFE_INTEGER
}
