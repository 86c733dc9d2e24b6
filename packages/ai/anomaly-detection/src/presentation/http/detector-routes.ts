import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import { describeDetectors, describeEnsembles } from '../../application/catalogue/catalogue.ts'
import { describeTimeSeriesDetectors } from '../../application/time-series/time-series-catalogue.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { problem } from './described.ts'

// Beside the routes, as their types are inferred from each other.
const detectorSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    summary: z.string(),
    cost: z.object({ fit: z.string(), score: z.string() }),
    random: z.boolean(),
    practicalRows: z.number().nullable(),
    source: z.string(),
    parameters: z.record(z.string(), z.unknown()).openapi({ description: 'A JSON Schema, with defaults and ranges.' }),
  })
  .openapi('Detector')

const seriesDetectorSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    summary: z.string(),
    cost: z.string(),
    random: z.boolean(),
    finds: z.enum(['points', 'shapes']),
    source: z.string(),
    parameters: z.record(z.string(), z.unknown()).openapi({ description: 'A JSON Schema, with defaults and ranges.' }),
  })
  .openapi('SeriesDetector')

const seriesRoute = createRoute({
  method: 'get',
  path: '/series-detectors',
  tags: ['Detectors'],
  operationId: 'listSeriesDetectors',
  summary: 'The methods for time series: what they find, what they cost, and their parameters as JSON Schema',
  responses: {
    200: {
      description: 'All of them.',
      content: { 'application/json': { schema: z.object({ items: z.array(seriesDetectorSchema) }) } },
    },
  },
})

const listRoute = createRoute({
  method: 'get',
  path: '/detectors',
  tags: ['Detectors'],
  operationId: 'listDetectors',
  summary: 'The detectors: what they do, what they cost, and their parameters as JSON Schema',
  responses: {
    200: {
      description: 'All of them, the first choice first.',
      content: { 'application/json': { schema: z.object({ items: z.array(detectorSchema) }) } },
    },
  },
})

const getRoute = createRoute({
  method: 'get',
  path: '/detectors/{id}',
  tags: ['Detectors'],
  operationId: 'getDetector',
  summary: 'One detector',
  request: { params: z.object({ id: z.string().min(1).max(64) }) },
  responses: {
    200: { description: 'The detector.', content: { 'application/json': { schema: detectorSchema } } },
    404: problem('There is none.'),
  },
})

/** The catalogue of detectors. */
export function mountDetectors(app: OpenAPIHono): void {
  const items = [...describeDetectors(), ...describeEnsembles()].map((one) => ({
    ...one,
    parameters: { ...one.parameters },
  }))
  app.openapi(listRoute, (c) => c.json({ items }, 200))
  const series = describeTimeSeriesDetectors().map((one) => ({ ...one, parameters: { ...one.parameters } }))
  app.openapi(seriesRoute, (c) => c.json({ items: series }, 200))
  app.openapi(getRoute, (c) => {
    const { id } = c.req.valid('param')
    const found = items.find((one) => one.id === id)
    if (found === undefined) {
      const known = items.map((one) => one.id)
      const message = `there is no detector ${JSON.stringify(id)}; there are: ${known.join(', ')}`
      throw new AnomalyDetectionError('anomaly-detection/unknown-detector', message, { detector: id, known })
    }
    return c.json(found, 200)
  })
}
