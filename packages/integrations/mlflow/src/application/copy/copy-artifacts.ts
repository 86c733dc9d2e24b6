import { proxiedPathOf } from '../../domain/artifact-uri.ts'
import type { ArtifactEntry, ArtifactStore } from '../ports/artifact-store.ts'
import type { TrackerSource } from '../ports/tracker-source.ts'
import type { CopyTally } from './copy-report.ts'

/** All files below a location, by path; empty where there are none or they cannot be reached. */
export async function filesOf(source: TrackerSource, location: string): Promise<ReadonlyArray<ArtifactEntry>> {
  const store = source.artifacts(location)
  return store === undefined ? [] : filesBelow(store, '')
}

/** Copies files to where a target's location is. One that is there with the same size is taken for the same. */
export async function copyArtifacts(
  {
    source,
    artifacts,
    tally,
  }: { readonly source: TrackerSource; readonly artifacts: ArtifactStore; readonly tally: CopyTally },
  files: ReadonlyArray<ArtifactEntry>,
  { from, to, of }: { readonly from: string; readonly to: string; readonly of: string },
): Promise<void> {
  const store = source.artifacts(from)
  if (store === undefined) {
    tally.problems.push({ what: `artifacts of ${of}`, why: `${from} cannot be read from here` })
    return
  }
  const root = proxiedPathOf(to)
  if (root === undefined) {
    if (files.length === 0) return
    tally.problems.push({ what: `artifacts of ${of}`, why: `${to} cannot be written from here` })
    return
  }
  const there = files.length === 0 ? [] : await filesBelow(artifacts, root)
  const sizes = new Map(there.map(({ path, size }) => [path, size]))
  for (const { path, size } of files) {
    const target = `${root}/${path}`
    if (sizes.has(target) && sizes.get(target) === size) {
      tally.count('artifacts', 'unchanged')
      continue
    }
    try {
      const file = await store.get(path)
      if (file === undefined) continue // removed since it was listed
      await artifacts.put(target, file.content)
      tally.count('artifacts', 'copied')
    } catch (error) {
      tally.note(`artifact ${path} of ${of}`, error)
    }
  }
}

async function filesBelow(store: Pick<ArtifactStore, 'list'>, path: string): Promise<ReadonlyArray<ArtifactEntry>> {
  const files: ArtifactEntry[] = []
  for (const entry of await store.list(path)) {
    if (entry.isFolder) files.push(...(await filesBelow(store, entry.path)))
    else files.push(entry)
  }
  return files
}
