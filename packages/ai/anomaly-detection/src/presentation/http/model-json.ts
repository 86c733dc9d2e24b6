import { z } from 'zod'

import type { ModelSummary } from '../../application/ports/model-repository.ts'
import type { Model } from '../../domain/model.ts'

/** A model as routes tell of it: everything but its learned state. */
export type ModelJson = Readonly<Record<string, unknown>> & {
  readonly id: string
  readonly name: string
  readonly version: number
}

/** The form of it, for descriptions of answers. */
export const modelSchema: z.ZodType<ModelJson> = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    version: z.int(),
    algorithm: z.string(),
    features: z.array(z.string()),
    threshold: z.number(),
    createdAt: z.number(),
    metrics: z.record(z.string(), z.number()),
  })
  .meta({ id: 'Model' })

/** A model without its state. */
export function summaryJson(model: ModelSummary | Model): ModelJson {
  return Object.fromEntries(Object.entries(model).filter(([key]) => key !== 'state')) as ModelJson // all of it but the state
}
