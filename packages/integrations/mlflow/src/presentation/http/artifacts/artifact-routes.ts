import type { Hono } from 'hono'

import { artifactPathOf } from '../../../domain/artifact-path.ts'
import { MlflowError } from '../../../domain/errors.ts'
import { foundLoggedModel, foundRun } from '../endpoints/found.ts'
import { downloadUri } from '../endpoints/sources/download-uri.ts'
import { json } from '../json.ts'
import type { ReadyOptions } from '../options.ts'
import {
  bodyBytes,
  discard,
  lengthOf,
  type MlflowContext,
  type NodeBindings,
  sourceOf,
  tooLarge,
} from '../request/bytes.ts'
import { versionOf } from '../request/limits.ts'
import type { TrackerPorts } from '../tracker-ports.ts'
import { some } from '../wire/plain.ts'
import { artifactResponse } from './artifact-response.ts'
import { type ArtifactRoots, baseName } from './artifact-roots.ts'

interface Served {
  readonly ports: TrackerPorts
  readonly roots: ArtifactRoots
  readonly options: ReadyOptions
}

const UPLOAD_FROM_PAGE = 10 * 2 ** 20 // bytes
const NO_MULTIPART = 'Multipart upload is not supported for the current artifact repository'

/** Artifacts through the proxy, streamed both ways, and the downloads that MLflow's pages link to. */
export function mountArtifacts(app: Hono<{ Bindings: NodeBindings }>, served: Served): void {
  const { staticPrefix, maxArtifactBytes } = served.options
  const { artifacts } = served.ports
  for (const api of ['/api/2.0', '/ajax-api/2.0']) {
    const root = `${staticPrefix}${api}/mlflow-artifacts/artifacts`
    app.get(root, async (context) => {
      const path = artifactPathOf(context.req.query('path') ?? '')
      const files = (await artifacts.list(path)).map((entry) => ({
        path: baseName(entry.path),
        is_dir: entry.isFolder,
        file_size: entry.size,
      }))
      return json(200, { files: some(files) })
    })
    app.put(`${root}/*`, async (context) => {
      await upload(served, context, fileBehind(context, '/artifacts/'), maxArtifactBytes)
      return json(200, {})
    })
    app.get(`${root}/*`, (context) =>
      artifactResponse(artifacts, fileBehind(context, '/artifacts/'), context.req.raw.method === 'HEAD'),
    )
    app.delete(`${root}/*`, async (context) => {
      await artifacts.remove(fileBehind(context, '/artifacts/'))
      return json(200, {})
    })
    for (const step of ['create', 'complete', 'abort']) {
      app.post(`${staticPrefix}${api}/mlflow-artifacts/mpu/${step}/*`, (context) => {
        fileBehind(context, `/${step}/`)
        throw new MlflowError('mlflow/not-supported', `${NO_MULTIPART} (nomaly)`)
      })
    }
    app.get(`${staticPrefix}${api}/mlflow-artifacts/presigned/*`, () => {
      throw new MlflowError('mlflow/not-supported', 'Presigned URLs are not supported by this server.')
    })
  }
  mountPages(app, served)
}

function mountPages(app: Hono<{ Bindings: NodeBindings }>, served: Served): void {
  const { ports, roots, options } = served
  const ajax = `${options.staticPrefix}/ajax-api/2.0/mlflow`
  const send = (context: MlflowContext, root: string, path: string): Promise<Response> =>
    artifactResponse(ports.artifacts, roots.pathOf(root, path), context.req.raw.method === 'HEAD')
  app.get(`${options.staticPrefix}/get-artifact`, async (context) => {
    const path = safe(wanted(context, 'path'))
    const id = context.req.query('run_id') ?? wanted(context, 'run_uuid')
    return send(context, (await foundRun(ports, id)).artifactLocation, path)
  })
  app.get(`${options.staticPrefix}/model-versions/get-artifact`, async (context) => {
    const path = safe(wanted(context, 'path'))
    return send(context, await downloadUri(ports, wanted(context, 'name'), versionOf(wanted(context, 'version'))), path)
  })
  app.get(`${ajax}/logged-models/:id/artifacts/files`, async (context) => {
    const path = safe(wanted(context, 'artifact_file_path'))
    return send(context, (await foundLoggedModel(ports, context.req.param('id'))).artifactLocation, path)
  })
  app.post(`${ajax}/upload-artifact`, async (context) => {
    const [id, path] = [wanted(context, 'run_uuid'), safe(wanted(context, 'path'))]
    if ((lengthOf(context) ?? 1) === 0) throw new MlflowError('mlflow/invalid-argument', 'Request must specify data.')
    const { artifactLocation } = await foundRun(ports, id)
    await upload(served, context, roots.pathOf(artifactLocation, path), UPLOAD_FROM_PAGE)
    return json(200, {})
  })
}

async function upload({ ports }: Served, context: MlflowContext, path: string, most: number): Promise<void> {
  if ((lengthOf(context) ?? 0) > most) {
    await discard(sourceOf(context))
    throw tooLarge(most)
  }
  await ports.artifacts.put(path, bodyBytes(context, most))
}

/** The file that a URL names behind a part of it. @throws MlflowError saying `Invalid path`, also for the root itself */
function fileBehind(context: MlflowContext, part: string): string {
  const url = context.env?.incoming?.url ?? context.req.url.replace(/^[a-z]+:\/\/[^/]*/i, '')
  const raw = url.split('?')[0] ?? ''
  const start = raw.indexOf(part, raw.indexOf('/mlflow-artifacts/') + '/mlflow-artifacts'.length)
  const path = artifactPathOf(raw.slice(start + part.length))
  if (path === '') throw new MlflowError('mlflow/invalid-argument', 'Invalid path')
  return path
}

/** Refuses an unsafe path before anything is looked up. */
function safe(path: string): string {
  artifactPathOf(path)
  return path
}

function wanted(context: MlflowContext, name: string): string {
  const value = context.req.query(name)
  if (value !== undefined && value !== '') return value
  throw new MlflowError('mlflow/invalid-argument', `Request must specify ${name}.`)
}
