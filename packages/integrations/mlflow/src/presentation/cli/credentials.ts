import { createHash, timingSafeEqual } from 'node:crypto'

import { MlflowError } from '../../domain/errors.ts'
import type { AccessRequest, Access } from '../http/options.ts'

/** Who may ask, as MLflow's client reads it from the environment. */
export type Credentials =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }

/**
 * `MLFLOW_TRACKING_TOKEN`, or `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`; undefined where none is set.
 * @throws MlflowError `mlflow/invalid-options` for a user without a password, or the other way round
 */
export function credentialsIn(env: Readonly<Record<string, string | undefined>>): Credentials | undefined {
  const token = env['MLFLOW_TRACKING_TOKEN'] ?? ''
  const username = env['MLFLOW_TRACKING_USERNAME'] ?? ''
  const password = env['MLFLOW_TRACKING_PASSWORD'] ?? ''
  if (username !== '' && password !== '') return { kind: 'basic', username, password }
  if (username !== '' || password !== '') {
    const message = 'set both MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or neither'
    throw new MlflowError('mlflow/invalid-options', message)
  }
  return token === '' ? undefined : { kind: 'bearer', token }
}

/** Lets in who shows the credentials. */
export function guardOf(credentials: Credentials): (request: AccessRequest) => Promise<Access> {
  const wanted =
    credentials.kind === 'bearer'
      ? `Bearer ${credentials.token}`
      : `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`
  return ({ authorization = '' }) =>
    Promise.resolve(timingSafeEqual(digest(authorization), digest(wanted)) ? 'allowed' : 'unauthenticated')
}

// of equal length whatever was sent
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
