import { z } from 'zod'

import { NomalyError } from '../failure/nomaly-error.ts'

/** What `nomaly.config.json` may hold, and the default export of `nomaly.config.ts`. Every field has a default. */
export interface NomalyConfig {
  /** The folder that models and results are kept in, from the file's own; default `nomaly-data`. */
  readonly data?: string | undefined
  /** A detector's id; default `iforest`. */
  readonly detector?: string | undefined
  /** Expected share of anomalies, in (0, 0.5]; default 0.1. */
  readonly contamination?: number | undefined
  /** A safe integer >= 0; default 0. */
  readonly seed?: number | undefined
  /** Threads that share long work, a whole number from 1 to 128; default one a processor, 16 at most. */
  readonly threads?: number | undefined
  /** What to do with missing values; default `reject`. */
  readonly missing?: 'reject' | 'drop' | 'median' | undefined
  /** How to make numbers of text columns; default: they are ignored. */
  readonly encode?: 'onehot' | 'ordinal' | undefined
  /** Default: a table on a terminal, CSV elsewhere. */
  readonly format?: 'table' | 'csv' | 'json' | 'jsonl' | undefined
  /** No summary and no progress; default false. */
  readonly quiet?: boolean | undefined
  /** For how many days `serve` keeps what is done with; 0 for ever. Default: 30, and 365 for `audit`. */
  readonly retention?:
    | {
        /** Jobs that have ended, with their output. */
        readonly jobs?: number | undefined
        /** Events that everybody has got. */
        readonly events?: number | undefined
        /** How calls of webhooks went. */
        readonly deliveries?: number | undefined
        /** Who changed what. */
        readonly audit?: number | undefined
      }
    | undefined
}

const days = z.number().min(0).max(36_500).optional()
const schema = z.strictObject({
  data: z.string().min(1).optional(),
  detector: z.string().min(1).optional(),
  contamination: z.number().gt(0).max(0.5).optional(),
  seed: z.int().min(0).optional(),
  threads: z.int().min(1).max(128).optional(),
  missing: z.enum(['reject', 'drop', 'median']).optional(),
  encode: z.enum(['onehot', 'ordinal']).optional(),
  format: z.enum(['table', 'csv', 'json', 'jsonl']).optional(),
  quiet: z.boolean().optional(),
  retention: z.strictObject({ jobs: days, events: days, deliveries: days, audit: days }).optional(),
}) satisfies z.ZodType<NomalyConfig>

/**
 * Reads untrusted settings.
 * @param source - where they come from, for the message
 * @param nameOf - how a key is written there
 * @throws NomalyError `nomaly/invalid-configuration` naming each wrong key
 */
export function parseConfig(
  input: unknown,
  source: string,
  nameOf: (key: string) => string = (key) => key,
): NomalyConfig {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys) : issue.message,
  }))
  const text = issues.map(({ path, message }) => (path === '' ? message : `${nameOf(path)}: ${message}`)).join('; ')
  throw new NomalyError('nomaly/invalid-configuration', `${source}: ${text}`, { source, issues })
}

function unknownKeys(keys: ReadonlyArray<string>): string {
  const unknown = keys.map((key) => `'${key}'`).join(', ')
  return `there is no setting ${unknown}; there are: ${Object.keys(schema.shape).join(', ')}`
}
