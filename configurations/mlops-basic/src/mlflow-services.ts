import type { CopyReport, RemoteMlflowOptions } from '@nomaly/integration-mlflow'
import type { MlflowRoutes, MlflowRoutesOptions } from '@nomaly/integration-mlflow/http'
import type { RunningServer, ServeOptions } from '@nomaly/integration-mlflow/node'

/** What a copy may be told. */
export interface CopyOptions {
  /** The folder behind `mlflow-artifacts:`, where the source's files lie elsewhere than beside it. */
  readonly artifactRoot?: string | undefined
  /** Told before each experiment and registered model. */
  readonly onProgress?: ((what: string) => void) | undefined
  /** Ends the copy between two of them; the next one goes on from there. */
  readonly signal?: AbortSignal | undefined
}

/** MLflow's REST API over the store, and the ways in and out. What each needs is loaded when it is first asked for. */
export interface MlflowServices {
  /** MLflow's REST API, to be mounted in a server of yours. */
  readonly routes: (options?: MlflowRoutesOptions) => Promise<MlflowRoutes>
  /** Serves it; `close` of the configuration ends it too. @throws MlflowError `mlflow/unavailable` where the port is taken */
  readonly serve: (options?: ServeOptions & { readonly routes?: MlflowRoutesOptions }) => Promise<RunningServer>
  /** Copies a folder `mlruns` or a file `mlflow.db` into the store; again adds what is new. @throws MlflowError `mlflow/unsupported-format` */
  readonly importFrom: (path: string, options?: CopyOptions) => Promise<CopyReport>
  /** Copies the store to an MLflow server; again adds what is new. @throws MlflowError `mlflow/invalid-options`, `mlflow/unavailable` */
  readonly exportTo: (
    server: RemoteMlflowOptions,
    options?: Pick<CopyOptions, 'onProgress' | 'signal'>,
  ) => Promise<CopyReport>
}
