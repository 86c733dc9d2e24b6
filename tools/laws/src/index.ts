export {
  adbench,
  adbenchNames,
  hasReferenceData,
  referenceJson,
  referenceNote,
  standardized,
} from './reference-data.ts'
export type { LabelledSet } from './reference-data.ts'
