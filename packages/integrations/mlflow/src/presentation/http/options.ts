import { z } from 'zod'

import { MlflowError } from '../../domain/errors.ts'

/** Whether a caller may do what it asks: not known, known and refused, or allowed. */
export type Access = 'allowed' | 'unauthenticated' | 'forbidden'

/** What a guard decides by. */
export interface AccessRequest {
  readonly method: string
  readonly path: string
  /** The `Authorization` header: `Basic ...`, `Bearer ...`, or undefined. */
  readonly authorization: string | undefined
}

/** How the routes answer. Every member is optional. */
export interface MlflowRoutesOptions {
  /** Before every path, such as `/mlflow`; none by default. */
  readonly staticPrefix?: string
  /** What `/version` says. Above 3.3 clients send traces by OTLP, which these routes do not take. */
  readonly version?: string
  /** The `file:` URI under which the artifact store's files lie, where experiments have such locations. */
  readonly fileRoot?: string
  /** Whether parameters above 6,000 and run tags above 8,000 characters are cut (default, as MLflow 3) or refused. */
  readonly truncateLongValues?: boolean
  /** The longest JSON body in bytes; 64 MiB by default, enough for a data set's profile. */
  readonly maxJsonBytes?: number
  /** The longest artifact in bytes; unlimited by default. */
  readonly maxArtifactBytes?: number
  /** Decides on every request but `/health` and `/version`; all are allowed by default. */
  readonly authorize?: (request: AccessRequest) => Promise<Access>
  /** Told of each fault that was answered with 500. */
  readonly onFault?: (fault: unknown) => void
}

const isFunction = z.custom<(...args: never) => unknown>((value) => typeof value === 'function', 'must be a function')
const schema = z.strictObject({
  staticPrefix: z
    .string()
    .regex(/^(\/[^/?#]+)*$/, 'must be empty or paths such as /mlflow')
    .default(''),
  version: z.string().min(1).default('3.3.2'),
  fileRoot: z
    .string()
    .regex(/^file:\/\/\//, 'must be a file:/// URI')
    .optional(),
  truncateLongValues: z.boolean().default(true),
  maxJsonBytes: z
    .number()
    .int()
    .positive()
    .default(64 * 2 ** 20),
  maxArtifactBytes: z.number().positive().default(Number.POSITIVE_INFINITY),
  authorize: isFunction.optional(),
  onFault: isFunction.optional(),
})

/** The options with their defaults. */
export type ReadyOptions = MlflowRoutesOptions &
  Required<Omit<MlflowRoutesOptions, 'fileRoot' | 'authorize' | 'onFault'>>

/** @throws MlflowError `mlflow/invalid-options`, with `details.issues` */
export function readyOptions(options: MlflowRoutesOptions): ReadyOptions {
  const result = schema.safeParse(options)
  if (result.success) return { ...options, ...(result.data as ReadyOptions) } // the functions are those of `options`
  const issues = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new MlflowError('mlflow/invalid-options', `Invalid options: ${issues.join('; ')}`, { issues })
}
