import { type Command, parseCommand, usage } from './command-line.ts'

const args = process.argv.slice(2)

try {
  process.exitCode = await run(parseCommand(args))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

// Loaded when needed: a measuring process holds nothing that it does not measure.
async function run(command: Command): Promise<number> {
  switch (command.kind) {
    case 'help':
      console.log(usage)
      return 0
    case 'measure': {
      const { measureOurs } = await import('./speed/measure-ours.ts')
      console.log(JSON.stringify(await measureOurs(JSON.parse(command.order))))
      return 0
    }
    case 'speed': {
      const { compareSpeed } = await import('./speed/compare-speed.ts')
      return (await compareSpeed(command, args)) ? 0 : 1
    }
    case 'files': {
      const { compareFiles } = await import('./files/compare-files.ts')
      await compareFiles(command, args)
      return 0
    }
    case 'growth': {
      const { compareGrowth } = await import('./growth/compare-growth.ts')
      compareGrowth(command, args)
      return 0
    }
    case 'all': {
      const codes: number[] = []
      for (const one of command.commands) codes.push(await run(one))
      return Math.max(...codes)
    }
    case 'threads': {
      const { compareThreads } = await import('./threads/compare-threads.ts')
      await compareThreads(command, args)
      return 0
    }
    case 'mlops': {
      const { benchStore } = await import('./mlops/bench-store.ts')
      await benchStore(command, args)
      return 0
    }
    case 'mlops-http': {
      const { benchHttp } = await import('./mlops-http/bench-http.ts')
      await benchHttp(command, args)
      return 0
    }
    case 'nab': {
      const { benchNab } = await import('./nab/bench-nab.ts')
      benchNab(command, args)
      return 0
    }
    case 'stream': {
      const { benchStream } = await import('./stream/bench-stream.ts')
      await benchStream(command, args)
      return 0
    }
    case 'serve': {
      const { benchServe } = await import('./serve/bench-serve.ts')
      await benchServe(command, args)
      return 0
    }
    case 'serve-big': {
      const { benchServeBig } = await import('./serve/bench-serve-big.ts')
      await benchServeBig(command, args)
      return 0
    }
    case 'drift': {
      const { benchDrift } = await import('./drift/bench-drift.ts')
      benchDrift(command, args)
      return 0
    }
    case 'accuracy': {
      const { compareAccuracy } = await import('./accuracy/compare-accuracy.ts')
      return compareAccuracy(command, args) ? 0 : 1
    }
  }
}
