export type { Case } from './case.ts'
export { eventBusContract, type EventBusHarness } from './event-bus-contract.ts'
export { jobClaimsContract, type JobClaimsHarness } from './job-claims-contract.ts'
export { jobQueueContract, type JobQueueHarness } from './job-queue-contract.ts'
