export type { Case } from './case.ts'
export { type ContractColumn, tableEngineContract } from './table-engine-contract.ts'
