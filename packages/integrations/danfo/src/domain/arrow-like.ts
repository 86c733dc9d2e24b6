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
  readonly Table: Constructor<Table>
  readonly Schema: Constructor<unknown>
  readonly Field: Constructor<unknown>
  readonly vectorFromArray: (...valuesAndType: ReadonlyArray<never>) => unknown
  readonly Int32: PlainConstructor
  readonly Float64: PlainConstructor
  readonly Utf8: PlainConstructor
  readonly Bool: PlainConstructor
  readonly TimestampMillisecond: TimestampConstructor
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

/** A class, whatever it is made with. */
export interface Constructor<Made> {
  new (...given: ReadonlyArray<never>): Made
}

/** A class that is made with nothing. */
export interface PlainConstructor {
  new (): unknown
}

/** The class of timestamps, made with a time zone. */
export interface TimestampConstructor {
  new (timezone?: string | null): unknown
}
