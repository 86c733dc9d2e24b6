import { errorAt } from './place.ts'

const LISTED = 12 // names shown in a message before it ends in "and n more"

/**
 * The indexes, ascending, of the wanted names; all when nothing particular is wanted.
 * @throws FilesError `files/unknown-column` with the near and the available names.
 */
export function selectColumns(
  path: string,
  names: ReadonlyArray<string>,
  wanted: ReadonlyArray<string> | undefined,
): ReadonlyArray<number> {
  if (wanted === undefined) return names.map((_, index) => index)
  const unknown = wanted.find((name) => !names.includes(name))
  if (unknown !== undefined) {
    const near = nearNames(names, unknown)
    const meant = near.length === 0 ? '' : `, did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`
    throw errorAt(
      'files/unknown-column',
      { path },
      `there is no column "${unknown}"${meant || ';'} the columns are ${listed(names)}`,
      { column: unknown, near, available: names },
    )
  }
  const set = new Set(wanted)
  return names.flatMap((name, index) => (set.has(name) ? [index] : []))
}

/**
 * @param line - the header's line, where there is one
 * @throws FilesError `files/blank-column`, `files/duplicate-column` naming both positions.
 */
export function checkNames(path: string, names: ReadonlyArray<string>, line?: number): void {
  const seen = new Map<string, number>()
  const place = line === undefined ? { path } : { path, line }
  for (const [columnIndex, column] of names.entries()) {
    if (column === '') {
      const mend = `give it a name in the header (pandas writes such a column for its index: to_csv(..., index=False))`
      throw errorAt('files/blank-column', { ...place, columnIndex }, `the column has no name; ${mend}`)
    }
    const first = seen.get(column)
    if (first !== undefined) {
      throw errorAt(
        'files/duplicate-column',
        { ...place, column, columnIndex },
        `the name is taken by column ${first + 1}; every column needs a name of its own`,
        { firstColumnIndex: first },
      )
    }
    seen.set(column, columnIndex)
  }
}

function listed(names: ReadonlyArray<string>): string {
  const shown = names.slice(0, LISTED).map((name) => `"${name}"`)
  return names.length > LISTED ? `${shown.join(', ')} and ${names.length - LISTED} more` : shown.join(', ')
}

function nearNames(names: ReadonlyArray<string>, wanted: string): ReadonlyArray<string> {
  const allowed = wanted.length < 4 ? 1 : Math.max(2, Math.floor(wanted.length / 4)) // two letters swapped are two edits
  return names
    .filter((name) => Math.abs(name.length - wanted.length) <= allowed)
    .map((name) => ({ name, distance: editDistance(name.toLowerCase(), wanted.toLowerCase()) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name)
}

// Levenshtein's distance, one row at a time.
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(substituted, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
