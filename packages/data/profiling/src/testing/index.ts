export { profileEngineContract } from './profile-engine-contract.ts'
