// A child process of a worker: `child.mjs NAME ...parameters`.
import { compiledEntry } from '../tools/compiled-command.mjs'

const [name] = process.argv.splice(2, 1)
await import(await compiledEntry(name))
