export { memoryEngine } from './infrastructure/memory/memory-engine.ts'
