/** Pieces that all messages share. Absent members are undefined: JSON leaves them out, as MLflow does. */

/** A list, or nothing where it is empty. */
export function some<T>(items: ReadonlyArray<T>): ReadonlyArray<T> | undefined {
  return items.length === 0 ? undefined : items
}

/** Tags, parameters or aliases as MLflow lists them. */
export function pairs(
  record: Readonly<Record<string, string>>,
): ReadonlyArray<{ readonly key: string; readonly value: string }> | undefined {
  return some(Object.entries(record).map(([key, value]) => ({ key, value })))
}

/** A double as protobuf's JSON writes it. */
export function wireDouble(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}

/** A text, or nothing where it is empty or absent. */
export function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

/** Listed pairs as a record; the last of a key counts. */
export function recordOf(
  list: ReadonlyArray<{ readonly key: string; readonly value: string }>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(list.map(({ key, value }) => [key, value]))
}
