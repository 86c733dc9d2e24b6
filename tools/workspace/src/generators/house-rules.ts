import { npmNameOf } from '../rooms.ts'

type Json = Readonly<Record<string, unknown>>

/** What the sync looks at beside the manifest itself. */
export interface RoomFacts {
  /** From the root, with forward slashes: `packages/ai/x`. */
  readonly folder: string
  readonly hasTesting: boolean
  /** Pages for a browser in `web/`. */
  readonly hasWeb: boolean
  /** Fields that every manifest repeats from the root's, such as `repository`. */
  readonly root: Json
}

const ORDER = [
  'name',
  'version',
  'description',
  'keywords',
  'homepage',
  'bugs',
  'license',
  'author',
  'repository',
  'bin',
  'files',
  'type',
  'sideEffects',
  'exports',
  'publishConfig',
  'scripts',
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'engines',
]

const PAGES = 'vite build web --logLevel warn'

/** The manifest that a room has to have: its own choices kept, what all rooms share put right, fields in one order. */
export function keptAlike(manifest: Json, { folder, hasTesting, hasWeb, root }: RoomFacts): Json {
  const up = upFrom(folder)
  const shared: Record<string, unknown> = {
    name: npmNameOf(folder),
    license: 'Apache-2.0',
    type: 'module',
    sideEffects: false,
    files: filesOf(manifest),
    exports: exportsOf(manifest, hasTesting),
    publishConfig: { access: 'public' },
    scripts: {
      ...objectOf(manifest['scripts']),
      build: `tsup --config ${up}/tsup.config.ts --silent && tsc -p tsconfig.build.json${hasWeb ? ` && ${PAGES}` : ''}`,
      prepack: 'pnpm run build',
    },
    engines: root['engines'],
  }
  for (const field of ['homepage', 'bugs', 'author']) {
    if (root[field] !== undefined) shared[field] = root[field]
  }
  if (root['repository'] !== undefined) {
    shared['repository'] = { ...objectOf(root['repository']), directory: folder }
  }
  for (const field of ['dependencies', 'devDependencies', 'peerDependencies', 'peerDependenciesMeta']) {
    if (manifest[field] !== undefined) shared[field] = sorted(objectOf(manifest[field]))
  }
  const all: Json = { ...manifest, ...shared }
  const rest = Object.keys(all).filter((key) => !ORDER.includes(key))
  return Object.fromEntries([...ORDER, ...rest].filter((key) => key in all).map((key) => [key, all[key]]))
}

/** The text of a room's `tsconfig.json` or `tsconfig.build.json`: both only extend the root's. */
export function tsconfigText(folder: string, base: 'tsconfig.base.json' | 'tsconfig.build.base.json'): string {
  return jsonText({ extends: `${upFrom(folder)}/${base}` })
}

/** JSON as the formatter leaves it in a manifest. */
export function jsonText(value: Json): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

/** The way from a room to the root: `../../..` for `packages/ai/x`. */
function upFrom(folder: string): string {
  return folder
    .split('/')
    .map(() => '..')
    .join('/')
}

function exportsOf(manifest: Json, hasTesting: boolean): Json {
  const known = objectOf(manifest['exports'])
  const subpaths = Object.keys(known).filter((subpath) => !['.', './testing', './package.json'].includes(subpath))
  return {
    '.': builtFrom('index'),
    ...Object.fromEntries(subpaths.map((subpath) => [subpath, entryOf(known[subpath])])),
    ...(hasTesting ? { './testing': builtFrom('testing/index') } : {}),
    './package.json': './package.json',
  }
}

// dist/x.js is always built from src/x.ts, so the declaration's place follows from the code's.
function entryOf(entry: unknown): unknown {
  const target = objectOf(entry)['default']
  const built = typeof target === 'string' ? /^\.\/dist\/(.+)\.js$/.exec(target)?.[1] : undefined
  return built === undefined ? entry : builtFrom(built)
}

function builtFrom(name: string): Json {
  return { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` }
}

// Declaration maps lead to sources that are not in the tarball: they serve the editor inside this workspace only.
function filesOf(manifest: Json): ReadonlyArray<unknown> {
  const shared = ['dist', '!dist/**/*.map', 'CHANGELOG.md']
  const own = Array.isArray(manifest['files']) ? manifest['files'] : []
  return [...shared, ...own.filter((file) => !shared.includes(file))]
}

// As the formatter sorts them.
function sorted(entries: Json): Json {
  return Object.fromEntries(Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
