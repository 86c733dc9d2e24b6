import { z } from 'zod'

import { MlflowError, type MlflowErrorCode } from '../../domain/errors.ts'

const schema = z.looseObject({ error_code: z.union([z.string(), z.number()]), message: z.string().default('') })

const codes: Readonly<Record<string, MlflowErrorCode>> = {
  RESOURCE_DOES_NOT_EXIST: 'mlflow/not-found',
  NOT_FOUND: 'mlflow/not-found',
  RESOURCE_ALREADY_EXISTS: 'mlflow/already-exists',
  ALREADY_EXISTS: 'mlflow/already-exists',
  INVALID_PARAMETER_VALUE: 'mlflow/invalid-argument',
  BAD_REQUEST: 'mlflow/invalid-argument',
  INVALID_STATE: 'mlflow/invalid-state',
  ENDPOINT_NOT_FOUND: 'mlflow/not-supported',
  NOT_IMPLEMENTED: 'mlflow/not-supported',
  FEATURE_DISABLED: 'mlflow/not-supported',
  PERMISSION_DENIED: 'mlflow/not-allowed',
  UNAUTHENTICATED: 'mlflow/not-allowed',
  CUSTOMER_UNAUTHORIZED: 'mlflow/not-allowed',
}

const BUSY = new Set([408, 429, 502, 503, 504])

/** Reads an answer that is no success. `details`: status, errorCode, retryable. */
export function remoteRefusal(status: number, body: string, call: string): MlflowError {
  const parsed = schema.safeParse(jsonOf(body))
  const errorCode = parsed.success ? String(parsed.data.error_code) : undefined
  const message = parsed.success
    ? parsed.data.message
    : body
        .replaceAll(/<[^>]*>|\s+/g, ' ')
        .trim()
        .slice(0, 200)
  const code = codeOf(status, errorCode, message)
  const retryable = code === 'mlflow/unavailable' || code === 'mlflow/failed'
  const text = `${call} was answered with ${status}${errorCode === undefined ? '' : ` ${errorCode}`}: ${message}`
  return new MlflowError(code, text, { status, errorCode, retryable })
}

/** The same error where the call was a search: what is wrong with its text has a code of its own. */
export function filterRefusal(error: unknown): unknown {
  if (!MlflowError.is(error) || error.code !== 'mlflow/invalid-argument') return error
  if (/parameter 'max_results'|page.token|Invalid experiment ID/i.test(error.message)) return error
  return new MlflowError('mlflow/invalid-filter', error.message, error.details, error)
}

function codeOf(status: number, errorCode: string | undefined, message: string): MlflowErrorCode {
  if (BUSY.has(status)) return 'mlflow/unavailable'
  if (status === 401 || status === 403) return 'mlflow/not-allowed'
  if (status === 413) return 'mlflow/too-large'
  if (message.startsWith('Changing param values is not allowed')) return 'mlflow/param-changed'
  if (/must be in the '\w+' state/.test(message)) return 'mlflow/invalid-state'
  const known = errorCode === undefined ? undefined : codes[errorCode]
  if (known !== undefined) return known
  if (status === 404 || status === 405 || status === 501) return 'mlflow/not-supported' // a server without this call
  if (status >= 500) return 'mlflow/failed'
  return status >= 400 ? 'mlflow/invalid-argument' : 'mlflow/unexpected-answer'
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // a page of a proxy: told by its status and its words
  }
}
