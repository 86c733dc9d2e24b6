export type { Case } from './case.ts'
export { eventPublisherContract } from './event-publisher-contract.ts'
export type { EventPublisherHarness } from './event-publisher-contract.ts'
export { modelRepositoryContract } from './model-repository-contract.ts'
