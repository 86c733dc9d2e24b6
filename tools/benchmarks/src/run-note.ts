import { machine } from './machine.ts'

/** Says how a report came to be: command, day, machine, versions. */
export function runNote(args: ReadonlyArray<string>, versions: Readonly<Record<string, string>>): string {
  const given = args[0] === '--' ? args.slice(1) : args
  const command = ['npx -y pnpm@12 run bench', ...(given.length > 0 ? ['--', ...given] : [])].join(' ')
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  const day = new Date().toISOString().slice(0, 10)
  return `Made on ${day} by \`${command}\`.\n${machine()}.\n${list.join(', ')}.`
}
