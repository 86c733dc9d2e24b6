/** What a number must be, as bounds; or why that cannot be said. */
export interface Bounds {
  readonly minValue?: number
  readonly maxValue?: number
  readonly strictMin?: true
  readonly strictMax?: true
}

const OPERATORS = [
  'mustBe',
  'mustNotBe',
  'mustBeGreaterThan',
  'mustBeGreaterOrEqualTo',
  'mustBeLessThan',
  'mustBeLessOrEqualTo',
  'mustBeBetween',
  'mustNotBeBetween',
] as const

/** The bounds that a rule's operator sets, inclusive unless strict; a text where there are none. */
export function boundsOf(rule: Readonly<Record<string, unknown>>): Bounds | string {
  const found = OPERATORS.filter((name) => rule[name] !== undefined)
  const [operator] = found
  if (operator === undefined) return 'it has no threshold (mustBe...)'
  if (found.length > 1) return `it has more than one threshold: ${found.join(', ')}`
  const value = rule[operator]
  if (operator === 'mustBeBetween' && Array.isArray(value)) {
    const [minValue, maxValue]: ReadonlyArray<unknown> = value
    if (typeof minValue === 'number' && typeof maxValue === 'number') return { minValue, maxValue }
  }
  if (typeof value !== 'number') return `${operator} has no expectation for ${JSON.stringify(value)}`
  switch (operator) {
    case 'mustBe':
      return { minValue: value, maxValue: value }
    case 'mustBeGreaterThan':
      return { minValue: value, strictMin: true }
    case 'mustBeGreaterOrEqualTo':
      return { minValue: value }
    case 'mustBeLessThan':
      return { maxValue: value, strictMax: true }
    case 'mustBeLessOrEqualTo':
      return { maxValue: value }
    case 'mustNotBe':
    case 'mustBeBetween':
    case 'mustNotBeBetween':
      return `${operator} has no expectation`
  }
}

/** True where none at all is allowed; of rows, fewer than one is none. */
export function isNone({ minValue = 0, maxValue, strictMin, strictMax }: Bounds, unit: 'rows' | 'percent'): boolean {
  if (minValue > 0 || strictMin === true) return false
  return strictMax === true ? unit === 'rows' && maxValue === 1 : maxValue === 0
}

/** The share of good ones that at most so many percent of bad ones leave; nothing where more or less is asked. */
export function mostlyOf({ minValue = 0, maxValue, strictMin, strictMax }: Bounds): number | undefined {
  if (minValue > 0 || strictMin === true || strictMax === true) return undefined
  // 100 - 5 in hundredths is exact where 1 - 0.05 is not.
  return maxValue === undefined || maxValue > 100 || maxValue < 0 ? undefined : (100 - maxValue) / 100
}
