export type { DetectionRoutesDeps, ResultRoutesDeps } from './presentation/http/detection-deps.ts'
export { createDetectionRoutes } from './presentation/http/detection-routes.ts'
export { createInferenceRoutes } from './presentation/http/inference-routes.ts'
export type { InferenceRoutesDeps } from './presentation/http/inference-routes.ts'
