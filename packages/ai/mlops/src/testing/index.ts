export type { Case } from './case.ts'
export { modelVersionStoreContract } from './model-version-store-contract.ts'
export { registeredModelStoreContract } from './registered-model-store-contract.ts'
export type { RegistryHarness } from './registry-harness.ts'
