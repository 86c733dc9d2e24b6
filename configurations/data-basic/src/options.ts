import type { ProfileGenerated } from '@nomaly/data-profiling'
import type { QualityAnalyzed } from '@nomaly/data-quality'
import { z } from 'zod'

/** What the configuration can be told. */
export interface BasicDataOptions {
  /** The folder that everything is kept under. Made when first needed. */
  readonly dataPath: string
  /**
   * Where tables of files are read: `duckdb` needs `@duckdb/node-api`; `memory` reads them whole; default `auto`: DuckDB where it is
   * installed.
   */
  readonly engine?: 'auto' | 'duckdb' | 'memory' | undefined
  /** Of DuckDB, in megabytes; what does not fit goes to the disk. Default: the engine's own. */
  readonly memoryLimitMb?: number | undefined
  /** Of DuckDB; default all processors. */
  readonly threads?: number | undefined
  /** Milliseconds that one statement of a database may take; default 300,000. */
  readonly timeoutMs?: number | undefined
  /** True: results are kept with values of people, such as e-mail addresses; default false, they are masked. */
  readonly unmask?: boolean | undefined
  /** Told of what happened; default: nobody is. */
  readonly events?: DataEvents | undefined
}

/**
 * Takes CloudEvents 1.0: `nomaly.profile.generated` and `nomaly.quality.analyzed`. Resolves when the event is kept or delivered; a rejection
 * is told to who asked for the profile or the check.
 */
export interface DataEvents {
  readonly publish: (event: ProfileGenerated | QualityAnalyzed) => Promise<void>
}

/** Options with every default filled in. */
export interface ResolvedBasicDataOptions extends BasicDataOptions {
  readonly engine: 'auto' | 'duckdb' | 'memory'
  readonly unmask: boolean
  readonly events: DataEvents
}

const count = z.number().int().positive()
const schema = z.strictObject({
  dataPath: z.string().min(1, 'must name a folder'),
  engine: z.enum(['auto', 'duckdb', 'memory']).default('auto'),
  memoryLimitMb: count.optional(),
  threads: count.optional(),
  timeoutMs: count.optional(),
  unmask: z.boolean().default(false),
  events: z
    .custom<DataEvents>(
      (value) =>
        typeof value === 'object' && value !== null && 'publish' in value && typeof value.publish === 'function',
      'must have a function publish',
    )
    .default({ publish: async () => undefined }),
}) satisfies z.ZodType<ResolvedBasicDataOptions>

/** Every way this configuration refuses work. The code is public API: match on it, not on the text. */
export type BasicDataConfigurationErrorCode =
  | 'configuration-data-basic/invalid-options' // details: issues
  | 'configuration-data-basic/invalid-source' // what was given is no table that can be read
  | 'configuration-data-basic/missing-package' // details: package

/** Thrown when options, or a source, cannot be read, or a package is missing. */
export class BasicDataConfigurationError extends Error {
  override readonly name: string = 'BasicDataConfigurationError'
  readonly code: BasicDataConfigurationErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: BasicDataConfigurationErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }
}

/**
 * Reads untrusted options.
 * @throws BasicDataConfigurationError `configuration-data-basic/invalid-options`
 */
export function parseBasicDataOptions(input: unknown): ResolvedBasicDataOptions {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const lines = issues.map(({ path, message }) => `${path || 'options'}: ${message}`)
  throw new BasicDataConfigurationError('configuration-data-basic/invalid-options', lines.join('; '), { issues })
}
