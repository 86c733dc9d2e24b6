import type { createProfilingRoutes, ProfilingRoutesDeps, ProfilingRoutesOptions } from '@nomaly/data-profiling/http'
import type { createQualityRoutes, QualityRoutesDeps, QualityRoutesOptions } from '@nomaly/data-quality/http'

import { BasicDataConfigurationError } from './options.ts'

/** Routes over the services, for a server of yours. They need hono and @hono/zod-openapi; who may call them is the server's to say. */
export interface DataRoutes {
  /** `/profiles`, `/profiles/:id/report`, ... @throws BasicDataConfigurationError `configuration-data-basic/missing-package` */
  readonly profiling: (options?: ProfilingRoutesOptions) => Promise<ReturnType<typeof createProfilingRoutes>>
  /** `/suites`, `/checks`, `/results`, ... @throws BasicDataConfigurationError `configuration-data-basic/missing-package` */
  readonly quality: (options?: QualityRoutesOptions) => Promise<ReturnType<typeof createQualityRoutes>>
}

/** What the routes need. */
export interface DataRoutesDeps {
  readonly profiling: () => Promise<Omit<ProfilingRoutesDeps, 'options'>>
  readonly quality: () => Promise<Omit<QualityRoutesDeps, 'options'>>
}

/** Routes that are loaded when they are asked for. */
export function dataRoutesOf({ profiling, quality }: DataRoutesDeps): DataRoutes {
  return {
    profiling: async (options) => {
      const { createProfilingRoutes: create } = await import('@nomaly/data-profiling/http').catch(missing)
      return create({ ...(await profiling()), options })
    },
    quality: async (options) => {
      const { createQualityRoutes: create } = await import('@nomaly/data-quality/http').catch(missing)
      return create({ ...(await quality()), options })
    },
  }
}

function missing(cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code !== 'ERR_MODULE_NOT_FOUND') throw cause
  throw new BasicDataConfigurationError(
    'configuration-data-basic/missing-package',
    'routes need hono and @hono/zod-openapi: npm install hono@4 @hono/zod-openapi@1',
    { package: 'hono' },
    cause,
  )
}
