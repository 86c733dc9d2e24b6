import type { MlopsEvent, PredictorSource } from '@nomaly/ai-mlops'
import { z } from 'zod'

/** What the configuration can be told. */
export interface BasicMlopsOptions {
  /** The folder that everything is kept under: the file `mlops.db` and the folder `artifacts`. Made when first needed. */
  readonly dataPath: string
  /**
   * True: what was acknowledged is on the disk, also after a power cut. Default false: it survives the end of the process,
   * however it comes.
   */
  readonly durable?: boolean | undefined
  /** The folder of the artifacts' bytes; default `artifacts` under `dataPath`. */
  readonly artifactFolder?: string | undefined
  /** Whose runs the tracker's are; default the user of the process. */
  readonly userId?: string | undefined
  /** What each run of the tracker keeps of where it was made. */
  readonly capture?: CaptureOptions | undefined
  /** Makes predictors of registered versions, for `deployments`; without it they refuse to predict. */
  readonly predictors?: PredictorSource | undefined
  /** Whom webhooks may call, and what their secrets are encrypted with. */
  readonly webhooks?: BasicWebhookOptions | undefined
  /** Given every event, such as `nomaly.model.promoted`, at least once and in order, once `events` are started; default nobody. */
  readonly events?: { readonly publish: (event: MlopsEvent) => Promise<void> } | undefined
  /** Told of faults that no caller sees, such as an event that could not be read; default a warning of the process. */
  readonly onError?: ((error: unknown) => void) | undefined
}

/** What is kept with each run besides what is logged. */
export interface CaptureOptions {
  /** Commit, branch and whether there were changes, as tags; default true. */
  readonly code?: boolean | undefined
  /** Changes that are not committed, as the artifact `code/changes.diff`; default false, they may hold secrets. */
  readonly changes?: boolean | undefined
  /** Versions of Node and of the packages, as the artifact `environment/packages.json`; default false. */
  readonly packages?: boolean | undefined
  /** Processor, memory and disk, every ten seconds, as metrics `system/...`; default false. */
  readonly systemMetrics?: boolean | undefined
}

/** Whom webhooks may call. By default public https addresses only. */
export interface BasicWebhookOptions {
  readonly allowHttp?: boolean | undefined
  /** Also this machine and its network: who may register webhooks can then reach them too. */
  readonly allowPrivateAddresses?: boolean | undefined
  /** Encrypts their secrets: at least 16 random characters, the same in every process. */
  readonly secretKey?: string | undefined
}

/** Options with every default filled in. */
export interface ResolvedBasicMlopsOptions extends BasicMlopsOptions {
  readonly durable: boolean
  readonly capture: { readonly [Name in keyof CaptureOptions]-?: boolean }
  readonly webhooks: BasicWebhookOptions
  readonly onError: (error: unknown) => void
}

const isFunction = (value: unknown): boolean => typeof value === 'function'
const capture = z
  .strictObject({
    code: z.boolean().default(true),
    changes: z.boolean().default(false),
    packages: z.boolean().default(false),
    systemMetrics: z.boolean().default(false),
  })
  .prefault({})
const schema = z.strictObject({
  dataPath: z.string().min(1, 'must name a folder'),
  durable: z.boolean().default(false),
  artifactFolder: z.string().min(1, 'must name a folder').optional(),
  userId: z.string().optional(),
  capture,
  predictors: z
    .custom<PredictorSource>(
      (value) => typeof value === 'object' && value !== null && 'load' in value && isFunction(value.load),
      'must have a function load',
    )
    .optional(),
  webhooks: z
    .strictObject({
      allowHttp: z.boolean().optional(),
      allowPrivateAddresses: z.boolean().optional(),
      secretKey: z.string().min(16, 'must have at least 16 characters').optional(),
    })
    .prefault({}),
  events: z
    .custom<NonNullable<BasicMlopsOptions['events']>>(
      (value) => typeof value === 'object' && value !== null && 'publish' in value && isFunction(value.publish),
      'must have a function publish',
    )
    .optional(),
  onError: z.custom<(error: unknown) => void>(isFunction, 'must be a function').default(() => warn),
}) satisfies z.ZodType<ResolvedBasicMlopsOptions>

/** Every way this configuration refuses work. The code is public API: match on it, not on the text. */
export type BasicMlopsConfigurationErrorCode =
  | 'configuration-mlops-basic/invalid-options' // details: issues
  | 'configuration-mlops-basic/no-predictors' // a prediction was asked for, and nothing says how to load a version

/** Thrown when options cannot be read, or what they would have to say is missing. */
export class BasicMlopsConfigurationError extends Error {
  override readonly name: string = 'BasicMlopsConfigurationError'
  readonly code: BasicMlopsConfigurationErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: BasicMlopsConfigurationErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.code = code
    this.details = details
  }
}

/**
 * Reads untrusted options.
 * @throws BasicMlopsConfigurationError `configuration-mlops-basic/invalid-options`
 */
export function parseBasicMlopsOptions(input: unknown): ResolvedBasicMlopsOptions {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const lines = issues.map(({ path, message }) => `${path || 'options'}: ${message}`)
  throw new BasicMlopsConfigurationError('configuration-mlops-basic/invalid-options', lines.join('; '), { issues })
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
}
