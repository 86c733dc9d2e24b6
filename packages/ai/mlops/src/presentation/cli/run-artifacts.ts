import { artifactPathOf } from '../../application/tracking/artifact-content.ts'
import { MlopsError } from '../../domain/errors.ts'
import { notFound } from '../../domain/refusals.ts'
import type { MlopsCommandContext, MlopsCommandServices } from './command-context.ts'
import { runOf, versionOf } from './find-things.ts'
import type { ShownFlags } from './flags.ts'
import { nearestName } from './nearest-name.ts'
import { integer, text } from './records.ts'

/** Runs `artifacts list OWNER [PATH]`. */
export async function listArtifacts(
  owner: string,
  path: string | undefined,
  { recursive = false, format, output }: ShownFlags & { readonly recursive?: boolean },
  context: MlopsCommandContext,
): Promise<void> {
  const services = await context.mlops()
  const root = await rootOf(services, owner)
  const rows: Array<ReadonlyArray<unknown>> = []
  const walk = async (folder: string): Promise<void> => {
    for (const { path: child, isFolder, size } of await services.artifacts.list(folder)) {
      rows.push([child.slice(root.length + 1), isFolder ? 'folder' : 'file', size ?? null])
      if (recursive && isFolder) await walk(child)
    }
  }
  await walk(path === undefined ? root : `${root}/${path}`)
  await context.print({ columns: [text('path'), text('kind'), integer('bytes')], rows }, { format, file: output })
  if (rows.length === 0) context.note('there is nothing', 'summary')
}

/** Runs `artifacts get OWNER PATH`. */
export async function getArtifact(
  owner: string,
  path: string,
  { output }: { readonly output?: string },
  context: MlopsCommandContext,
): Promise<void> {
  const services = await context.mlops()
  const root = await rootOf(services, owner)
  const found = await services.artifacts.get(`${root}/${path}`)
  if (found === undefined) {
    const folder = path.includes('/') ? `${root}/${path.slice(0, path.lastIndexOf('/'))}` : root
    const there = (await services.artifacts.list(folder)).map((entry) => entry.path.slice(root.length + 1))
    const nearest = nearestName(path, there)
    if (nearest === undefined) throw notFound('artifact', path, { owner })
    const message = `there is no artifact '${path}' (did you mean '${nearest}'?)`
    throw new MlopsError('mlops/not-found', message, { entity: 'artifact', key: path, nearest })
  }
  await context.writeBytes(output, found.content)
}

/** Runs `artifacts put RUN FILE [PATH]`. */
export async function putArtifact(
  owner: string,
  [file, path]: readonly [string, string],
  { format, output }: ShownFlags,
  context: MlopsCommandContext,
): Promise<void> {
  const services = await context.mlops()
  const root = await rootOf(services, owner)
  const { size } = await services.artifacts.put(`${root}/${path}`, context.readBytes(file))
  await context.print({ columns: [text('path'), integer('bytes')], rows: [[path, size]] }, { format, file: output })
}

// Files belong to a run, a logged model (m-...) or a version (models:/fraud@champion).
async function rootOf(services: MlopsCommandServices, owner: string): Promise<string> {
  const location = await locationOf(services, owner)
  const root = artifactPathOf(location, 'mlflow-artifacts:')
  if (root !== undefined) return root
  throw new MlopsError('mlops/not-supported', `artifacts of ${owner} are kept elsewhere: ${location}`, { location })
}

async function locationOf(services: MlopsCommandServices, owner: string): Promise<string> {
  if (owner.startsWith('models:/') && !/^models:\/+m-[0-9a-f]+$/.test(owner))
    return services.registry.locationOf(await versionOf(services, owner))
  const [id] = /m-[0-9a-f]{32}$/.exec(owner) ?? []
  if (id === undefined) return (await runOf(services, owner)).artifactLocation
  const model = await services.loggedModels.find(id)
  if (model === undefined) throw notFound('logged model', id)
  return model.artifactLocation
}
