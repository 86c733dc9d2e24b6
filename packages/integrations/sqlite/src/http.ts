export { createEventRoutes, type EventRoutesDeps } from './presentation/http/event-routes.ts'
export { createJobRoutes, type JobKind, type JobRoutesDeps } from './presentation/http/job-routes.ts'
