/** The parameters of a detector, given as the properties of a JSON Schema: `nBins=10 (2..100000): bins a feature`. */
export function parametersText(properties: unknown): string {
  return Object.entries(recordOf(properties))
    .map(([name, schema]) => parameterText(name, recordOf(schema)))
    .join('; ')
}

function parameterText(name: string, schema: Readonly<Record<string, unknown>>): string {
  const range = rangeText(schema)
  const description = typeof schema['description'] === 'string' ? `: ${schema['description']}` : ''
  return `${name}=${JSON.stringify(schema['default'])}${range === '' ? '' : ` (${range})`}${description}`
}

function rangeText(schema: Readonly<Record<string, unknown>>): string {
  const { anyOf, enum: values, type } = schema
  if (Array.isArray(anyOf)) return anyOf.map((one) => rangeText(recordOf(one))).join(' or ')
  if (Array.isArray(values)) return values.join(', ')
  if (type === 'boolean') return 'true, false'
  if (type === 'null') return 'null'
  const low = boundText('', schema['minimum']) || boundText('>', schema['exclusiveMinimum'])
  const high = boundText('', schema['maximum']) || boundText('<', schema['exclusiveMaximum'])
  return low === '' && high === '' ? '' : `${low}..${high}`
}

// A schema of integers is bounded by the largest that a number can hold; that tells nobody anything.
function boundText(sign: '' | '<' | '>', bound: unknown): string {
  return typeof bound === 'number' && Math.abs(bound) !== Number.MAX_SAFE_INTEGER ? `${sign}${bound}` : ''
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
