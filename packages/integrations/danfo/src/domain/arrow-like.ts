/** What is used of an Apache Arrow table, by structure: any version of `apache-arrow` fits. */
export interface ArrowTableLike {
  readonly numRows: number
  readonly schema: { readonly fields: ReadonlyArray<{ readonly name: string; readonly type: ArrowTypeLike }> }
  readonly getChildAt: (index: number) => { readonly get: (row: number) => unknown } | null
}

/** An Arrow type, by structure; decimals have a scale. */
export interface ArrowTypeLike {
  readonly toString: () => string
  readonly scale?: number
}

/** What is used of the module: `import * as arrow from 'apache-arrow'`. Parameters are not compared: its classes overload them. */
export interface ArrowModuleLike<Made> {
  readonly Table: new (...columns: ReadonlyArray<never>) => Made
  readonly Schema: new (...fields: ReadonlyArray<never>) => unknown
  readonly Field: new (...nameAndType: ReadonlyArray<never>) => unknown
  readonly vectorFromArray: (...valuesAndType: ReadonlyArray<never>) => unknown
  readonly Int32: new () => unknown
  readonly Float64: new () => unknown
  readonly Utf8: new () => unknown
  readonly Bool: new () => unknown
  readonly TimestampMillisecond: new (timezone?: string | null) => unknown
}

/** Whether that is an Arrow table. */
export function isArrowTable(value: unknown): value is ArrowTableLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    'numRows' in value &&
    typeof value.numRows === 'number' &&
    'getChildAt' in value &&
    typeof value.getChildAt === 'function' &&
    'schema' in value &&
    typeof value.schema === 'object' &&
    value.schema !== null &&
    'fields' in value.schema &&
    Array.isArray(value.schema.fields)
  )
}
