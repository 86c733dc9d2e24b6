import { ProfilingError } from '@nomaly/data-profiling'

console.log(new ProfilingError('profiling/invalid-options', 'nothing to profile yet').code)
