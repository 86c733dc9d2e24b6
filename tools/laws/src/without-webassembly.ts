// A set-up file of vitest: what is tested behind it takes the plain paths, see `test:plain` in the root's package.json.
Reflect.deleteProperty(globalThis, 'WebAssembly')
