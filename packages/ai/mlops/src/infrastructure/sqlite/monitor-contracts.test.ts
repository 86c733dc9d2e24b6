import { afterAll, describe, it } from 'vitest'

import { monitorStoresContract } from '../../testing/monitor-stores-contract.ts'
import { pipelineStoreContract } from '../../testing/pipeline-store-contract.ts'
import { openMlopsStore } from '../open-mlops-store.ts'

const store = openMlopsStore({ path: ':memory:' })
afterAll(() => store.close())

describe('monitoring on SQLite', () => monitorStoresContract(it, async () => store))
describe('pipelines on SQLite', () => pipelineStoreContract(it, async () => store))
