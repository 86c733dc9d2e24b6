import { run } from '../command.ts'

// A rehearsal: next versions, changelogs and packed files, without tags, a remote or a registry that must answer.
const rehearsals: ReadonlyArray<ReadonlyArray<string>> = [
  ['release', '--dry-run', '--first-release', '--skip-publish'],
  ['release', 'publish', '--dry-run', '--first-release'],
]

for (const args of rehearsals) {
  const { code, output } = await run('nx', args)
  console.log(`nx ${args.join(' ')}: ${code === 0 ? 'ok' : `FAILED\n${output}`}`)
  if (code !== 0) process.exitCode = 1
}
