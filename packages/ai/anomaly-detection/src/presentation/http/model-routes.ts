import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import { findModel } from '../../application/score-with-model.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { json, problem } from './described.ts'
import type { DetectionRoutesDeps } from './detection-deps.ts'
import { modelSchema, summaryJson } from './model-json.ts'

// Beside the routes, as their types are inferred from each other.
const name = z.string().min(1).max(128)
const version = z.coerce.number().int().min(1)
const model = (description: string) => json(modelSchema, description)
const models = (description: string) => ({
  description,
  content: { 'application/json': { schema: z.object({ items: z.array(modelSchema) }) } },
})

const unsound = { 400: problem('The request is malformed.'), 422: problem('Nothing can have this name.') }

const listRoute = createRoute({
  method: 'get',
  path: '/models',
  tags: ['Models'],
  operationId: 'listModels',
  summary: 'Every version of every kept model',
  responses: { 200: models('By name, then version.') },
})

const versionsRoute = createRoute({
  method: 'get',
  path: '/models/{name}',
  tags: ['Models'],
  operationId: 'listModelVersions',
  summary: 'The versions of a model',
  request: { params: z.object({ name }) },
  responses: { 200: models('The oldest first.'), 404: problem('There is no such model.'), ...unsound },
})

const getRoute = createRoute({
  method: 'get',
  path: '/models/{name}/versions/{version}',
  tags: ['Models'],
  operationId: 'getModelVersion',
  summary: 'One version of a model',
  request: { params: z.object({ name, version }) },
  responses: { 200: model('The model.'), 404: problem('There is none.'), ...unsound },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/models/{name}/versions/{version}',
  tags: ['Models'],
  operationId: 'removeModelVersion',
  summary: 'Remove one version of a model',
  request: { params: z.object({ name, version }) },
  responses: {
    204: { description: 'It is gone.' },
    404: problem('There is none.'),
    ...unsound,
  },
})

/** The kept models. */
export function mountModels(app: OpenAPIHono, { models: repository }: DetectionRoutesDeps): void {
  app.openapi(listRoute, async (c) => c.json({ items: (await repository.list()).map(summaryJson) }, 200))
  app.openapi(versionsRoute, async (c) => {
    const wanted = c.req.valid('param').name
    await findModel(repository, { name: wanted })
    const items = (await repository.list()).filter((one) => one.name === wanted)
    return c.json({ items: items.map(summaryJson) }, 200)
  })
  app.openapi(getRoute, async (c) => c.json(summaryJson(await findModel(repository, c.req.valid('param'))), 200))
  app.openapi(removeRoute, async (c) => {
    const wanted = c.req.valid('param')
    if ((await repository.remove(wanted.name, wanted.version)) === 0) {
      const message = `there is no model '${wanted.name}@${wanted.version}'`
      throw new AnomalyDetectionError('anomaly-detection/unknown-model', message, { ...wanted })
    }
    return c.body(null, 204)
  })
}
