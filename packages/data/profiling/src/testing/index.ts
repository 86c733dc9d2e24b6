export type { Case } from './case.ts'
export { type ContractColumn, profileEngineContract } from './profile-engine-contract.ts'
export { comparableProfile } from './comparable-profile.ts'
export { type RandomColumn, randomTable } from './random-table.ts'
