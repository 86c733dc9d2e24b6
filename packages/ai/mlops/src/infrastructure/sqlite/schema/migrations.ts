import type { Migration } from '../migrate.ts'
import { deploymentSchema } from './deployment.ts'
import { monitoringSchema } from './monitoring.ts'
import { outboxSchema } from './outbox.ts'
import { pipelineSchema } from './pipeline.ts'
import { registrySchema } from './registry.ts'
import { trackingSchema } from './tracking.ts'

/** Every step from an empty file to the newest schema. */
export const migrations: ReadonlyArray<Migration> = [
  {
    name: 'the first release',
    sql: [trackingSchema, registrySchema, outboxSchema, deploymentSchema, monitoringSchema, pipelineSchema].join('\n'),
  },
]
