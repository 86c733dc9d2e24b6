export { createQualityRoutes } from './presentation/http/quality-routes.ts'
export type { Problem, ProblemPart } from './presentation/http/problem.ts'
export type {
  QualityRoutesDeps,
  QualityRoutesOptions,
  SuiteTexts,
  UploadedTable,
} from './presentation/http/routes-deps.ts'
