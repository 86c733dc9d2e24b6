import type { Expectation } from '../../../domain/expectation.ts'
import { kindNamed } from '../../catalogue/column-types.ts'
import { wordOf, wordsOf } from '../untrusted-words.ts'

type Members = Readonly<Record<string, unknown>>

/** What an expectation comes to in a column of a contract. */
export interface PropertyPart {
  readonly own?: Members
  /** Of its logical type. */
  readonly options?: Members
  readonly rule?: Members
}

const SHORTHAND = /^[A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*$/

const LOGICAL: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    text: 'string',
    boolean: 'boolean',
    integer: 'integer',
    'decimal float integer': 'number',
  }),
)

/** True where the type and the arguments are all there is to an expectation. */
export function isPlain({ kwargs, severity = 'critical', meta, id }: Expectation): boolean {
  const { rowCondition } = kwargs
  return severity === 'critical' && meta === undefined && id === undefined && (rowCondition ?? null) === null
}

/** What the standard has words for, in a column of a logical type; else undefined. */
export function propertyPartOf(expectation: Expectation, logicalType: string): PropertyPart | undefined {
  const { type, kwargs } = expectation
  if (!isPlain(expectation)) return undefined
  const { mostly = 1, minValue, maxValue, strictMin, strictMax, valueSet, regex } = kwargs
  const rule = (metric: string, given?: Members): PropertyPart | undefined =>
    ruleOf(metric, mostly, given === undefined ? {} : { arguments: given })
  switch (type) {
    case 'expectColumnValuesToBeOfType':
      return logicalOf(wordsOf(kwargs['type']))
    case 'expectColumnValuesToBeInTypeList':
      return logicalOf(wordsOf(kwargs['typeList']))
    case 'expectColumnValuesToNotBeNull':
      return mostly === 1 ? { own: { required: true } } : rule('nullValues')
    case 'expectColumnValuesToBeUnique':
      return mostly === 1 ? { own: { unique: true } } : rule('duplicateValues')
    case 'expectColumnValuesToBeInSet':
      return isWritable(valueSet) ? rule('invalidValues', { validValues: valueSet }) : undefined
    case 'expectColumnValuesToMatchRegex':
      if (mostly === 1 && logicalType === 'string') return { options: { pattern: regex } }
      return rule('invalidValues', { pattern: regex })
    case 'expectColumnValueLengthsToBeBetween':
      if (mostly !== 1 || logicalType !== 'string' || strictMin === true || strictMax === true) return undefined
      return { options: present({ minLength: minValue, maxLength: maxValue }) }
    case 'expectColumnValuesToBeBetween': {
      const isNumber = logicalType === 'integer' || logicalType === 'number'
      const wanted = isNumber ? 'number' : ['date', 'timestamp'].includes(logicalType) ? 'string' : undefined
      const fits = [minValue, maxValue].every((one) => (one ?? null) === null || typeof one === wanted)
      if (mostly !== 1 || wanted === undefined || !fits) return undefined
      return {
        options: present({
          [strictMin === true ? 'exclusiveMinimum' : 'minimum']: minValue,
          [strictMax === true ? 'exclusiveMaximum' : 'maximum']: maxValue,
        }),
      }
    }
    default:
      return undefined
  }
}

/** A foreign key as the standard writes it, from the table of that name; undefined for what is none, or has exceptions. */
export function relationshipOf(expectation: Expectation, table: string): Members | undefined {
  const { type, kwargs } = expectation
  const { columnList, otherTable, otherColumnList = columnList, mostly = 1 } = kwargs
  if (type !== 'expectColumnValuesToExistInOtherTable' || mostly !== 1 || !isPlain(expectation)) return undefined
  const [from, to] = [
    wordsOf(columnList).map((name) => `${table}.${name}`),
    wordsOf(otherColumnList).map((name) => `${wordOf(otherTable)}.${name}`),
  ]
  if (![...from, ...to].every((name) => SHORTHAND.test(name))) return undefined
  return { type: 'foreignKey', ...(from.length === 1 ? { from: from[0], to: to[0] } : { from, to }) }
}

/** What the standard has words for, in a table; else undefined. */
export function tableRuleOf(expectation: Expectation): Members | undefined {
  const { type, kwargs } = expectation
  if (!isPlain(expectation)) return undefined
  const { mostly = 1, minValue, maxValue, strictMin, strictMax, columnList } = kwargs
  if (type === 'expectCompoundColumnsToBeUnique' && kwargs['ignoreRowIf'] === undefined)
    return ruleOf('duplicateValues', mostly, { arguments: { properties: columnList } })?.rule
  if (type !== 'expectTableRowCountToBeBetween') return undefined
  const [least, most] = [minValue ?? undefined, maxValue ?? undefined]
  const metric = { type: 'library', metric: 'rowCount' }
  if (least !== undefined && most === undefined)
    return { ...metric, [strictMin === true ? 'mustBeGreaterThan' : 'mustBeGreaterOrEqualTo']: least }
  if (least === undefined && most !== undefined)
    return { ...metric, [strictMax === true ? 'mustBeLessThan' : 'mustBeLessOrEqualTo']: most }
  const isPlainRange = strictMin !== true && strictMax !== true && least !== most
  return isPlainRange && least !== undefined ? { ...metric, mustBeBetween: [least, most] } : undefined
}

function logicalOf(types: ReadonlyArray<string>): PropertyPart | undefined {
  const kinds = types.map(kindNamed)
  const names = kinds.map(String)
  if (kinds.includes(undefined)) return undefined
  const set = [...new Set(names)].sort((a, b) => (a < b ? -1 : 1)).join(' ')
  // Both hold times; the first says which is meant.
  const logicalType = set === 'date timestamp' ? kinds[0] : LOGICAL.get(set)
  return logicalType === undefined ? undefined : { own: { logicalType } }
}

// A percentage that leads back to the same share, or none.
function ruleOf(metric: string, mostly: unknown, more: Members): PropertyPart | undefined {
  if (typeof mostly !== 'number') return undefined
  if (mostly === 1) return { rule: { type: 'library', metric, ...more, mustBe: 0 } }
  const percent = Number((100 - mostly * 100).toPrecision(12))
  if ((100 - percent) / 100 !== mostly) return undefined
  return { rule: { type: 'library', metric, ...more, mustBeLessOrEqualTo: percent, unit: 'percent' } }
}

function present(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null))
}

function isWritable(set: unknown): boolean {
  return Array.isArray(set) && set.every((value) => value !== null && typeof value !== 'bigint')
}
