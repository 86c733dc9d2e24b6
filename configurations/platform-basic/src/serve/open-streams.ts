import { join } from 'node:path'

import { createStreamRoutes, type StreamRoutesDeps } from '@nomaly/ai-anomaly-detection/http'
import { openStreamThread, type StreamThread, type StreamThreadOptions } from '@nomaly/ai-anomaly-detection/node'

import type { MetricSources } from './metrics.ts'
import type { HealthCheck } from './platform-parts.ts'

/** The streams of the platform. */
export interface Streams {
  readonly routes: ReturnType<typeof createStreamRoutes>
  readonly check: HealthCheck
  readonly counts: MetricSources['streamCounts']
  /** Keeps where every stream stands. */
  readonly close: StreamThread['close']
}

/** Opens the streams under the data folder. */
export async function openStreams({
  dataPath,
  publish,
  onFault,
  closing,
}: {
  readonly dataPath: string
  readonly publish: StreamThreadOptions['events']['publish']
  readonly onFault: (error: unknown) => void
  readonly closing: StreamRoutesDeps['closing']
}): Promise<Streams> {
  const streams = await openStreamThread({ folder: join(dataPath, 'served-streams'), events: { publish }, onFault })
  return {
    routes: createStreamRoutes({ streams, closing }),
    check: { name: 'streams', check: async () => refuseFailed(await streams.list()) },
    counts: () => streams.list().then(countsOf, () => new Map()), // why it fails readiness tells
    close: streams.close,
  }
}

function refuseFailed(streams: Awaited<ReturnType<StreamThread['list']>>): void {
  const failed = streams.filter((one) => one.state === 'failed')
  if (failed.length > 0) throw new Error(failed.map(({ name, reason }) => `${name}: ${reason}`).join('; '))
}

function countsOf(streams: Awaited<ReturnType<StreamThread['list']>>): Map<string, Readonly<Record<string, number>>> {
  return new Map(streams.flatMap((one) => (one.state === 'ready' ? [[one.name, { ...one.counts }]] : [])))
}
