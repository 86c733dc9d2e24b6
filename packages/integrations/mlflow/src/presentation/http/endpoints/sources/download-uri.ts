import { MlflowError } from '../../../../domain/errors.ts'
import type { TrackerPorts } from '../../tracker-ports.ts'
import { foundLoggedModel, foundVersion } from '../found.ts'
import { modelUriOf, versionNamedBy } from './model-uri.ts'

const LONGEST_CHAIN = 100 // a version made of a version made of ...; renaming could close a circle

/** Where a version's files are. @throws MlflowError `mlflow/not-found` */
export async function downloadUri(ports: TrackerPorts, name: string, version: string): Promise<string> {
  let { source } = await foundVersion(ports, name, version)
  for (let hops = 0; hops < LONGEST_CHAIN; hops += 1) {
    if (!/^models:/i.test(source)) return source
    const uri = modelUriOf(source)
    if ('id' in uri) return (await foundLoggedModel(ports, uri.id)).artifactLocation
    source = (await versionNamedBy(ports, uri)).source
  }
  throw new MlflowError(
    'mlflow/invalid-state',
    `The sources of version ${version} of '${name}' name each other in a circle.`,
  )
}
