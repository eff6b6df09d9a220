#!/usr/bin/env node
// Registers the TypeScript loader in this process, so that the command starts without a build step and without a second node.
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'

register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) })
const { main } = await import('../cli/main.ts')
await main(process.argv.slice(2))
