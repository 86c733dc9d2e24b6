import { artifactPathOf } from '../../../domain/artifact-path.ts'
import { MlflowError } from '../../../domain/errors.ts'
import type { ArtifactRoots } from '../artifacts/artifact-roots.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { field } from '../request/fields.ts'
import type { TrackerPorts } from '../tracker-ports.ts'
import { some } from '../wire/plain.ts'
import { foundRun } from './found.ts'

/** The files of a run. Presigned URLs are refused in the way on which clients fall back to the proxy. */
export function listEndpoints(ports: TrackerPorts, roots: ArtifactRoots): ReadonlyArray<Endpoint> {
  const shape = { run_id: field.requiredText(), path: field.text(), page_token: field.text() }
  return [
    endpoint('GET', '/mlflow/artifacts/list', shape, async ({ run_id, path }) => {
      artifactPathOf(path ?? '') // refused whether or not there is such a run
      const run = await foundRun(ports, run_id)
      return { root_uri: run.artifactLocation, files: some(await roots.list(run.artifactLocation, path ?? '')) }
    }),
    ...['presigned-upload-url', 'presigned-download-url'].map((name) =>
      endpoint('POST', `/mlflow/artifacts/${name}`, {}, async () => {
        throw new MlflowError('mlflow/not-supported', 'Presigned URLs are not supported by this server.')
      }),
    ),
  ]
}
