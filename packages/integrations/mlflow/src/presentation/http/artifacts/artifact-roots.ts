import type { ArtifactStore } from '../../../application/ports/artifact-store.ts'
import { artifactPathOf } from '../../../domain/artifact-path.ts'
import { proxiedPathOf } from '../../../domain/artifact-uri.ts'
import { MlflowError } from '../../../domain/errors.ts'
import { unquote } from '../../../domain/unquote.ts'

/** A file of a root as MLflow lists it. */
export interface FileWire {
  readonly path: string
  readonly is_dir: boolean
  readonly file_size?: number
}

/** Finds in one store what runs, models and versions name by URI. */
export class ArtifactRoots {
  readonly #store: ArtifactStore
  readonly #fileRoot: string | undefined

  /** `fileRoot`: the `file:` URI under which the store's files lie, where clients write the disk themselves. */
  constructor(store: ArtifactStore, fileRoot?: string) {
    this.#store = store
    this.#fileRoot = fileRoot?.replace(/\/+$/, '')
  }

  /** What lies directly at a path below a root; paths are relative to the root. @throws `Invalid path` */
  async list(root: string, path: string): Promise<ReadonlyArray<FileWire>> {
    const [base, below] = [this.#pathOf(root), artifactPathOf(path)]
    const entries = await this.#store.list(joined(base, below))
    return entries.map((entry) => ({
      path: joined(below, baseName(entry.path)),
      is_dir: entry.isFolder,
      ...(entry.size === undefined ? {} : { file_size: entry.size }),
    }))
  }

  /** The store's path of a file below a root. @throws `Invalid path` */
  pathOf(root: string, path: string): string {
    return joined(this.#pathOf(root), artifactPathOf(path))
  }

  #pathOf(root: string): string {
    const proxied = proxiedPathOf(root)
    if (proxied !== undefined) return artifactPathOf(proxied)
    const fileRoot = this.#fileRoot
    if (fileRoot !== undefined && (root === fileRoot || root.startsWith(`${fileRoot}/`))) {
      return artifactPathOf(unquote(root.slice(fileRoot.length + 1)))
    }
    throw new MlflowError('mlflow/not-supported', `Artifacts at ${root} are not served by this server.`)
  }
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function joined(...parts: ReadonlyArray<string>): string {
  return parts.filter((part) => part !== '').join('/')
}
