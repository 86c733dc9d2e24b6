import { z } from 'zod'

/** What a field's issue says: the value is absent, or not of its type. Any other text is the message itself. */
export const MISSING = 'missing'
export const WRONG = 'wrong'

// optional, for zod refuses an absent member before it is transformed
const anything = z.unknown().optional()

type Reader<T> = (value: unknown) => T | undefined

const lists = new WeakSet<object>()

/** Whether a query names this field once for each of its items. */
export const isList = (field: object): boolean => lists.has(field)

const text: Reader<string> = (value) => (typeof value === 'string' ? value : undefined)
const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : undefined)

const LONG = 2 ** 63

/** An int64 as protobuf's JSON writes it: a number or its decimal digits. */
const int64: Reader<number> = (value) => {
  const number = typeof value === 'string' && /^[+-]?\d{1,19}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && Math.abs(number) <= LONG ? number : undefined
}

/** A double as protobuf's JSON writes it: a number, its digits, or a name for what JSON cannot write. */
const double: Reader<number> = (value) => {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return undefined
  if (/^nan$/i.test(value)) return Number.NaN
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(value)
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : undefined
}

const texts: Reader<ReadonlyArray<string>> = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined

function required<T>(read: Reader<T>): z.ZodType<T> {
  return anything.transform((value, context): T => {
    const found = value === '' ? undefined : read(value)
    if (found !== undefined) return found
    context.addIssue({
      code: 'custom',
      message: value === undefined || value === null || value === '' ? MISSING : WRONG,
    })
    return z.NEVER
  })
}

function optional<T>(read: Reader<T>): z.ZodType<T | undefined> {
  return anything.transform((value, context): T | undefined => {
    if (value === undefined || value === null) return undefined // protobuf reads null as unset
    const found = read(value)
    if (found === undefined) context.addIssue({ code: 'custom', message: WRONG })
    return found
  })
}

/** An enum: its name or its number. */
export function named<const N extends string>(numbers: Readonly<Record<N, number>>): z.ZodType<N | undefined> {
  const names = Object.keys(numbers) as N[] // the keys of a record of N
  return optional((value) => names.find((name) => name === value || numbers[name] === int64(value)))
}

/** The field types of MLflow's messages. Absent, null and, where required, empty count as missing. */
export const field = {
  text: (): z.ZodType<string | undefined> => optional(text),
  textOr: (otherwise: string): z.ZodType<string> => optional(text).transform((value) => value ?? otherwise),
  requiredText: (): z.ZodType<string> => required(text),
  int64: (): z.ZodType<number | undefined> => optional(int64),
  requiredInt64: (): z.ZodType<number> => required(int64),
  requiredDouble: (): z.ZodType<number> => required(double),
  flag: (): z.ZodType<boolean | undefined> => optional(flag),
  texts: (): z.ZodType<ReadonlyArray<string>> => asList(optional(texts).transform((value) => value ?? [])),
  requiredTexts: (): z.ZodType<ReadonlyArray<string>> => asList(required(texts)),
  list: <T>(item: z.ZodType<T>): z.ZodType<ReadonlyArray<T>> =>
    asList(
      z
        .array(item)
        .nullish()
        .transform((value) => value ?? []),
    ),
  requiredList: <T>(item: z.ZodType<T>): z.ZodType<ReadonlyArray<T>> => asList(z.array(item)),
} as const

function asList<T extends object>(schema: T): T {
  lists.add(schema)
  return schema
}
