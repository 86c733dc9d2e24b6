import { OpenAPIHono, z } from '@hono/zod-openapi'
import { MlopsError, type ModelRegistry } from '@nomaly/ai-mlops'

import { problem } from './problem.ts'

const params = z.object({ name: z.string() })
const promotion = z
  .looseObject({
    id: z.string(),
    alias: z.string(),
    outcome: z.enum(['promoted', 'refused', 'rolled-back']),
    version: z.string(),
    predecessor: z.string().optional().openapi({ description: 'Who had the alias before.' }),
    requestedBy: z.string(),
    at: z.number().openapi({ description: 'Epoch milliseconds.' }),
    gates: z.array(z.looseObject({ gate: z.string(), passed: z.boolean() })),
  })
  .openapi('Promotion')

/** What was decided about the aliases of a registered model: MLflow's API has no word for it. */
export function createPromotionRoutes(registry: Pick<ModelRegistry, 'promotions'>): OpenAPIHono {
  const app = new OpenAPIHono()
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/registered-models/{name}/promotions',
    operationId: 'listPromotions',
    tags: ['Registry'],
    summary: 'Who asked for which alias, what each gate saw, and what came of it',
    request: { params },
    responses: {
      200: {
        description: 'Newest first.',
        content: { 'application/json': { schema: z.object({ promotions: z.array(promotion) }) } },
      },
      404: {
        description: 'There is no such model.',
        content: { 'application/problem+json': { schema: z.looseObject({ status: z.int() }) } },
      },
    },
  })
  app.get('/registered-models/:name/promotions', async (c) => {
    try {
      return c.json({ promotions: await registry.promotions(c.req.param('name')) })
    } catch (error) {
      if (!MlopsError.is(error) || error.code !== 'mlops/not-found') throw error
      return problem({ status: 404, code: 'not-found', title: 'Not found', detail: error.message })
    }
  })
  return app
}
