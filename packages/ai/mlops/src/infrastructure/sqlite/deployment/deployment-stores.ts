import type { EndpointHistory, EndpointStore } from '../../../application/ports/endpoint-store.ts'
import type { PredictionLog } from '../../../application/ports/prediction-log.ts'
import type { RegistryContext } from '../registry/registry-context.ts'
import { createEndpointStore } from './endpoint-store.ts'
import { createPredictionLog } from './prediction-log.ts'

/** Deployment's part of one file. */
export interface DeploymentStores {
  readonly endpoints: EndpointStore & EndpointHistory
  readonly predictions: PredictionLog
}

/** All of them over one connection. */
export function createDeploymentStores(context: RegistryContext): DeploymentStores {
  return { endpoints: createEndpointStore(context), predictions: createPredictionLog(context.database) }
}
