import type { Tree } from '@nx/devkit'

import { jsonText, keptAlike, tsconfigText } from './house-rules.ts'

/** What `nx sync` prints when it found something to mend. */
export interface SyncAnswer {
  readonly outOfSyncMessage?: string
}

/** The sync generator: puts manifests and tsconfigs of every room right; without changes all rooms are alike. */
export function roomsGenerator(tree: Tree): SyncAnswer {
  const drifted = foldersOf(tree).flatMap((folder) => {
    const files = filesOf(tree, folder).filter(({ path, text }) => tree.read(path, 'utf8') !== text)
    for (const { path, text } of files) tree.write(path, text)
    return files.map(({ path }) => path)
  })
  if (drifted.length === 0) return {}
  return { outOfSyncMessage: `Differs from the rules that all packages share: ${drifted.join(', ')}` }
}

function filesOf(tree: Tree, folder: string): ReadonlyArray<{ path: string; text: string }> {
  const manifest = readJson(tree, `${folder}/package.json`)
  const facts = {
    folder,
    hasTesting: tree.exists(`${folder}/src/testing/index.ts`),
    hasWeb: tree.exists(`${folder}/web/vite.config.ts`),
    root: readJson(tree, 'package.json'),
  }
  return [
    { path: `${folder}/package.json`, text: jsonText(keptAlike(manifest, facts)) },
    { path: `${folder}/tsconfig.json`, text: tsconfigText(folder, 'tsconfig.base.json') },
    { path: `${folder}/tsconfig.build.json`, text: tsconfigText(folder, 'tsconfig.build.base.json') },
  ]
}

function foldersOf(tree: Tree): ReadonlyArray<string> {
  const children = (folder: string): ReadonlyArray<string> =>
    tree.exists(folder) ? tree.children(folder).map((name) => `${folder}/${name}`) : []
  return [...children('packages').flatMap(children), ...children('configurations')]
    .filter((folder) => tree.exists(`${folder}/package.json`))
    .toSorted()
}

function readJson(tree: Tree, path: string): Readonly<Record<string, unknown>> {
  return JSON.parse(tree.read(path, 'utf8') ?? '{}')
}
