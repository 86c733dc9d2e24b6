import { MlopsError, type MlopsErrorCode } from '@nomaly/ai-mlops'
import { MlflowError } from '@nomaly/integration-mlflow'

/** The same port, whose errors are those of the port's owner: what a configuration does when it binds an adapter. */
export function asMlops<T extends object>(port: T): T {
  const wrapped = Object.entries(port).map(([name, member]: readonly [string, unknown]) => [
    name,
    typeof member === 'function' ? renamed(member as (...args: ReadonlyArray<unknown>) => unknown) : member,
  ])
  return Object.fromEntries(wrapped) as T // the members of T
}

const renamed =
  (member: (...args: ReadonlyArray<unknown>) => unknown) =>
  async (...args: ReadonlyArray<unknown>): Promise<unknown> => {
    try {
      return await member(...args)
    } catch (error) {
      if (!MlflowError.is(error)) throw error
      throw new MlopsError(
        error.code.replace('mlflow/', 'mlops/') as MlopsErrorCode,
        error.message,
        error.details,
        error,
      )
    }
  }
