export { arrowFromDanfo } from './domain/arrow-from-danfo.ts'
export type {
  ArrowModuleLike,
  ArrowTableLike,
  ArrowTypeLike,
  Constructor,
  PlainConstructor,
  TimestampConstructor,
} from './domain/arrow-like.ts'
export type { Column, ColumnKind, Value } from './domain/column.ts'
export { type FromDanfoOptions, columnsFromDanfo } from './domain/columns-from-danfo.ts'
export { DanfoError, type DanfoErrorCode } from './domain/errors.ts'
export type { DanfoFrameLike, DanfoModuleLike } from './domain/frame-like.ts'
export { type FeatureMatrix, matrixFromDanfo, type MatrixOptions } from './domain/matrix-from-danfo.ts'
export type { LargeNumbers } from './domain/number-cell.ts'
export { rowsFromDanfo } from './domain/rows-from-danfo.ts'
export { toDanfo, type ToDanfoOptions, type ToDanfoSource } from './domain/to-danfo.ts'
