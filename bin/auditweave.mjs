#!/usr/bin/env node
import { compiledEntry } from '../tools/compiled-command.mjs'

const { main } = await import(await compiledEntry('main'))
await main(process.argv.slice(2))
