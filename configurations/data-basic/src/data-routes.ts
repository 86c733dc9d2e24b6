import type { ProfileEngine } from '@nomaly/data-profiling'
import type { createProfilingRoutes, ProfilingRoutesDeps, ProfilingRoutesOptions } from '@nomaly/data-profiling/http'
import type { TableEngine } from '@nomaly/data-quality'
import type { createQualityRoutes, QualityRoutesDeps, QualityRoutesOptions } from '@nomaly/data-quality/http'

import { BasicDataConfigurationError } from './options.ts'
import type { DataSource } from './sources/data-source.ts'
import type { OpenSource } from './sources/open-source.ts'

/** Where data sets that requests name by their id are. */
export interface KeptDatasets {
  /** Without it such requests are refused. What it rejects with is thrown on to the application that mounts the routes, unless `onFault` is given. */
  readonly sourceOf?: ((datasetId: string, signal: AbortSignal) => Promise<DataSource>) | undefined
}

/** Routes over the services, for a server of yours. They need hono and @hono/zod-openapi; who may call them is the server's to say. */
export interface DataRoutes {
  /** `/profiles`, `/profiles/:id/report`, ... @throws BasicDataConfigurationError `configuration-data-basic/missing-package` */
  readonly profiling: (
    options?: ProfilingRoutesOptions & KeptDatasets,
  ) => Promise<ReturnType<typeof createProfilingRoutes>>
  /** `/suites`, `/checks`, `/results`, ... @throws BasicDataConfigurationError `configuration-data-basic/missing-package` */
  readonly quality: (options?: QualityRoutesOptions & KeptDatasets) => Promise<ReturnType<typeof createQualityRoutes>>
}

interface Opening<Engine> {
  readonly open: (source: DataSource, signal: AbortSignal) => Promise<OpenSource<Engine>>
}

/** What the routes need. */
export interface DataRoutesDeps {
  readonly profiling: () => Promise<Omit<ProfilingRoutesDeps, 'options' | 'openDataset'> & Opening<ProfileEngine>>
  readonly quality: () => Promise<Omit<QualityRoutesDeps, 'options' | 'openDataset'> & Opening<TableEngine>>
}

/** Routes that are loaded when they are asked for. */
export function dataRoutesOf({ profiling, quality }: DataRoutesDeps): DataRoutes {
  return {
    profiling: async ({ sourceOf, ...options } = {}) => {
      const { createProfilingRoutes: create } = await import('@nomaly/data-profiling/http').catch(missing)
      const { open, ...deps } = await profiling()
      return create({ ...deps, options, openDataset: opener(open, sourceOf) })
    },
    quality: async ({ sourceOf, ...options } = {}) => {
      const { createQualityRoutes: create } = await import('@nomaly/data-quality/http').catch(missing)
      const { open, ...deps } = await quality()
      return create({ ...deps, options, openDataset: opener(open, sourceOf) })
    },
  }
}

function opener<Engine>(open: Opening<Engine>['open'], sourceOf: KeptDatasets['sourceOf']) {
  if (sourceOf === undefined) return undefined
  return async (id: string, signal: AbortSignal): Promise<OpenSource<Engine>> =>
    open(await sourceOf(id, signal), signal)
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
