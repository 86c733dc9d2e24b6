import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'

import { mountDetection } from './detect-routes.ts'
import { type DetectionRoutesDeps, MOST_BODY_BYTES } from './detection-deps.ts'
import { mountDetectors } from './detector-routes.ts'
import { mountFeedback } from './feedback-routes.ts'
import { malformedJson } from './malformed-json.ts'
import { mountModels } from './model-routes.ts'
import { invalidRequest, problemOf, problemResponse } from './problem.ts'
import { mountReport } from './report-route.ts'
import { mountDownload } from './result-download-route.ts'
import { mountResultExplanation } from './result-explanation-route.ts'
import { mountResults } from './result-routes.ts'

const WITH_BODY = ['/detect', '/explain', '/models/*', '/results/*']

/**
 * REST routes of detection, with their OpenAPI description; to be mounted under a base path. Errors are RFC 9457 problems;
 * what is no error of this package is thrown on to the application that mounts them.
 */
export function createDetectionRoutes(deps: DetectionRoutesDeps): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => (result.success ? undefined : invalidRequest(c, result.error)),
  })
  const maxSize = deps.mostBodyBytes ?? MOST_BODY_BYTES
  const type = 'urn:nomaly:anomaly-detection/too-large'
  const detail = `the body has more than ${maxSize} bytes; keep the rows as a data set and name its id`
  const tooLarge = { type, title: 'Too large', status: 413, detail }
  // only here, as others are mounted beside these
  app.on(['POST', 'PUT'], WITH_BODY, bodyLimit({ maxSize, onError: (c) => problemResponse(c, tooLarge) }))
  app.onError((error, c) => {
    const problem = problemOf(error) ?? malformedJson(error)
    if (problem === undefined) throw error
    return problemResponse(c, problem)
  })
  mountDetectors(app)
  mountDetection(app, deps)
  mountModels(app, deps)
  if (deps.results !== undefined) {
    mountResults(app, deps.results)
    mountFeedback(app, deps.results)
    mountDownload(app, deps.results)
    mountResultExplanation(app, { ...deps, results: deps.results })
    mountReport(app, deps, deps.results)
  }
  return app
}
