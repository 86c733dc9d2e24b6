/** Raw requests, in order, that a server and MLflow's own have to answer alike: `{name}` stands for what was kept. */
export interface WireStep {
  readonly title: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT'
  readonly path: string
  readonly body?: unknown
  /** Members of the answer, by dotted path, that later steps name. */
  readonly keep?: Readonly<Record<string, string>>
  /** Why the answers may differ in more than wording, where they may. */
  readonly differs?: string
}

const api = '/api/2.0/mlflow'

/** A step, written as `METHOD path`. */
export const step = (
  title: string,
  call: `${WireStep['method']} ${string}`,
  body?: unknown,
  more: Partial<WireStep> = {},
): WireStep => {
  const [method, path] = call.split(/ (.*)/s) as [WireStep['method'], string] // by its type
  return {
    title,
    method,
    path: path.startsWith('/') ? path : `${api}/${path}`,
    ...(body === undefined ? {} : { body }),
    ...more,
  }
}
