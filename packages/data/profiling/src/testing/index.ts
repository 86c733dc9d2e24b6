export type { Case } from './case.ts'
export { type ContractColumn, profileEngineContract } from './profile-engine-contract.ts'
