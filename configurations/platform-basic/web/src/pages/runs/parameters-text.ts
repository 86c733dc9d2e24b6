/** Options in a line: `nEstimators 100, seed 0`. What is not set is not told. */
export function parametersText(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name} ${optionText(value)}`)
    .join(', ')
}

/** An option as people read it. */
export function optionText(value: unknown): string {
  if (value === undefined || value === null) return 'not set'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
