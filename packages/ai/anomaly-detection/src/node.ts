export { createFileModelRepository } from './infrastructure/file-model-repository.ts'
export type { FileModelRepositoryOptions } from './infrastructure/file-model-repository.ts'
