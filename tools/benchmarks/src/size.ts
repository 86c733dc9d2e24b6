/** The shape of a benchmark's data. */
export interface Size {
  readonly rows: number
  readonly columns: number
}

/** `10000x10` as a size. @throws Error where the text is not ROWSxCOLUMNS, each at least 1 */
export function parseSize(text: string): Size {
  const [, rows, columns] = /^([1-9]\d*)x([1-9]\d*)$/.exec(text) ?? []
  if (rows === undefined || columns === undefined) {
    throw new Error(`'${text}' is not a size; write ROWSxCOLUMNS, as in 10000x10`)
  }
  return { rows: Number(rows), columns: Number(columns) }
}

/** The size as `10000x10`. */
export function sizeName({ rows, columns }: Size): string {
  return `${rows}x${columns}`
}
