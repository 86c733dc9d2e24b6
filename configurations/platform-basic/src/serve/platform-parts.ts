import type { OpenAPIHono } from '@hono/zod-openapi'
import type { FetchHandler } from '@nomaly/integration-mlflow/node'
import type { AuditLog, Counts, JobCounts } from '@nomaly/integration-sqlite'
import type { Hono, MiddlewareHandler } from 'hono'

import type { MetricSources } from './metrics.ts'

/** Something that the platform stands on. */
export interface HealthCheck {
  readonly name: string
  /** Resolves where it works, rejects with the reason where it does not. */
  readonly check: () => Promise<void>
}

/** What a running platform is made of. */
export interface PlatformParts {
  readonly version: string
  /** Mounted under `/api/v1`, and there under a path of their own. */
  readonly api: ReadonlyArray<{ readonly path: '/' | '/quality'; readonly routes: OpenAPIHono }>
  /** The open inference protocol, under `/v2`. */
  readonly inference: Hono
  /** MLflow's API, under the paths that its clients know. */
  readonly mlflow: FetchHandler
  readonly checks: ReadonlyArray<HealthCheck>
  /** Answers on threads what may compute for long. */
  readonly handOver: MiddlewareHandler
  readonly jobCounts: () => Promise<JobCounts>
  /** What was counted of all days. */
  readonly totals: () => Promise<Counts>
  readonly streamCounts: MetricSources['streamCounts']
  /** Keeps who changed what. */
  readonly audit: AuditLog['append']
}
