import { describeDetectors, describeEnsembles, type DetectorDescription } from '@nomaly/ai-anomaly-detection'

interface ParameterSchema {
  readonly type?: string
  readonly enum?: ReadonlyArray<unknown>
  readonly anyOf?: ReadonlyArray<ParameterSchema>
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly exclusiveMaximum?: number
  readonly default?: unknown
  readonly description?: string
}

/** The page of all detectors, from the catalogue itself. */
export function detectorsPage(): string {
  const detectors = [...describeDetectors(), ...describeEnsembles()]
  return [
    '# Detectors',
    '',
    'Made from the catalogue by `npx -y pnpm@12 run docs`, as `nomaly detectors` and the JSON Schemas are. In every picture the same',
    '347 rows: deeper blue is more anomalous (the shades hold the rows above the 50, 75, 90, 95, 98 and 99.5 % quantile of the',
    'scores), red dots are the 5 % with the highest scores. Higher scores are more anomalous, always. In the costs n is the number of',
    'training rows, m of scored rows, d of features.',
    '',
    ...detectors.map(({ id, name }) => `- [${name}](#${id.replaceAll('_', '-')}) \`${id}\``),
    '',
    ...detectors.flatMap(sectionOf),
  ].join('\n')
}

function sectionOf(detector: DetectorDescription): ReadonlyArray<string> {
  const { id, name, summary, cost, random, practicalRows, source } = detector
  const anchor = id.replaceAll('_', '-')
  return [
    `<a id="${anchor}"></a>`,
    '',
    `## ${name}: \`${id}\``,
    '',
    `<img src="pictures/${id}.svg" alt="what ${id} makes of the sample" width="280" align="right">`,
    '',
    summary,
    '',
    `- Cost of a fit: ${cost.fit}; of a score: ${cost.score}`,
    ...(practicalRows === null
      ? []
      : [`- For up to ${practicalRows.toLocaleString('en-US')} rows: beyond, a fit takes minutes`]),
    `- ${random ? 'Random: a seed decides' : 'No randomness'}`,
    `- Source: ${source}`,
    '',
    ...parametersOf(detector),
    '<br clear="right">',
    '',
  ]
}

function parametersOf({ parameters }: DetectorDescription): ReadonlyArray<string> {
  const properties = Object.entries((parameters['properties'] ?? {}) as Readonly<Record<string, ParameterSchema>>) // as z.toJSONSchema writes it
  if (properties.length === 0) return ['No parameters.', '']
  return [
    '| parameter | values | default | what it is |',
    '|---|---|---|---|',
    ...properties.map(([name, schema]) => {
      const cells = [
        `\`${name}\``,
        valuesOf(schema),
        schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``,
        schema.description ?? '',
      ]
      return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
    }),
    '',
  ]
}

function valuesOf(schema: ParameterSchema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(valuesOf).join(' or ')
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(', ')
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema
  const from =
    minimum === undefined ? (exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`) : `from ${minimum}`
  const isOpen = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER
  const to = isOpen ? (exclusiveMaximum === undefined ? '' : `below ${exclusiveMaximum}`) : `to ${maximum}`
  return [schema.type ?? 'any', from, to].filter((part) => part !== '').join(' ')
}
