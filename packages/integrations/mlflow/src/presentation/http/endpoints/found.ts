import { MlflowError } from '../../../domain/errors.ts'
import type { LoggedModel } from '../../../domain/logged-model.ts'
import type { ModelVersion } from '../../../domain/model-version.ts'
import type { RegisteredModel } from '../../../domain/registered-model.ts'
import type { Run } from '../../../domain/run.ts'
import type { TrackerPorts } from '../tracker-ports.ts'

/** @throws MlflowError `mlflow/not-found` */
export async function foundRun(ports: Pick<TrackerPorts, 'runs'>, id: string): Promise<Run> {
  return (await ports.runs.find(id)) ?? absent('run', id, `Run with id=${id} not found`)
}

/** @throws MlflowError `mlflow/not-found` */
export async function foundLoggedModel(ports: Pick<TrackerPorts, 'loggedModels'>, id: string): Promise<LoggedModel> {
  return (await ports.loggedModels.find(id)) ?? absent('logged-model', id, `Logged model with ID '${id}' not found.`)
}

/** @throws MlflowError `mlflow/not-found` */
export async function foundModel(
  ports: Pick<TrackerPorts, 'registeredModels'>,
  name: string,
): Promise<RegisteredModel> {
  const found = await ports.registeredModels.find(name)
  return found ?? absent('registered-model', name, `Registered Model with name=${name} not found`)
}

/** @throws MlflowError `mlflow/not-found` */
export async function foundVersion(
  ports: Pick<TrackerPorts, 'modelVersions'>,
  name: string,
  version: string,
): Promise<ModelVersion> {
  const found = await ports.modelVersions.find(name, version)
  return found ?? absent('model-version', version, `Model Version (name=${name}, version=${version}) not found`)
}

function absent(entity: string, key: string, message: string): never {
  throw new MlflowError('mlflow/not-found', message, { entity, key })
}
