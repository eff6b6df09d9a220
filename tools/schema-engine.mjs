#!/usr/bin/env node
// Stands in for Prisma's native schema engine: the same JSON-RPC over stdio, answered by the same engine
// compiled to WebAssembly, over node-postgres. tools/prisma.mjs points the CLI here.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import readline from 'node:readline'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'

const require = createRequire(import.meta.url)
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { datasource: { type: 'string' }, datamodels: { type: 'string', multiple: true } },
})
const address = options.datasource ? JSON.parse(options.datasource).url : process.env.DATABASE_URL
const connection = address ? connectionOf(address) : undefined

/** Parts instead of the address: adapter-pg lets an address win over `database`, which would run shadow steps on the main database. */
function connectionOf(text) {
  const url = new URL(text)
  const secure = ['require', 'no-verify', 'verify-ca', 'verify-full'].includes(url.searchParams.get('sslmode'))
  return {
    host: url.searchParams.get('host') ?? url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
    ssl: secure ? { rejectUnauthorized: url.searchParams.get('sslmode')?.startsWith('verify') ?? false } : undefined,
  }
}

const quoted = (name) => `"${name.replaceAll('"', '""')}"`

async function withClient(config, work) {
  const client = new Client(config)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const asAdmin = (sql) => withClient({ ...connection, database: 'postgres' }, (client) => client.query(sql))
const createDatabase = () => asAdmin(`CREATE DATABASE ${quoted(connection.database)}`)
const dropDatabase = () => asAdmin(`DROP DATABASE IF EXISTS ${quoted(connection.database)} WITH (FORCE)`)

/** The one-shot form: `schema-engine cli <command>`. */
async function oneShot(command) {
  const commands = {
    'can-connect-to-database': () => withClient(connection, async () => console.log('Connection successful')),
    'create-database': createDatabase,
    'drop-database': dropDatabase,
  }
  const run = commands[command]
  try {
    if (!run) throw new Error(`unknown command ${command}`)
    await run()
    process.exit(0)
  } catch (error) {
    fail(error)
  }
}

/** The CLI skips the first line of stderr and reads the second as a log record. */
function fail(error) {
  const fields = { message: error.message, is_panic: false, error_code: error.code === '3D000' ? 'P1003' : 'P1001' }
  const record = { timestamp: new Date().toISOString(), level: 'ERROR', fields, target: 'schema_engine::logger' }
  process.stderr.write(`\n${JSON.stringify(record)}\n`)
  process.exit(1)
}

const CHAR = 18
const NAME = 19
const TEXT = 25
const UUID = 2950

/**
 * adapter-pg cannot read the catalogue's "char" and name columns. Names travel as text; "char" travels as uuid,
 * which no catalogue query returns, and is turned into Character by `mended`.
 */
function carryCatalogueTypes() {
  const Result = require('pg/lib/result.js')
  const addFields = Result.prototype.addFields
  const carried = new Map([[CHAR, UUID], [NAME, TEXT]])
  Result.prototype.addFields = function (fields) {
    for (const field of fields) field.dataTypeID = carried.get(field.dataTypeID) ?? field.dataTypeID
    return addFields.call(this, fields)
  }
}

/** Also sends a script whole: adapter-pg cuts it at every semicolon, also inside a function's body. */
function mended(adapter) {
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query)
    return { ...result, columnTypes: result.columnTypes.map((type) => (type === ColumnTypeEnum.Uuid ? ColumnTypeEnum.Character : type)) }
  }
  adapter.executeScript = async (script) => void (await adapter.client.query(script).catch((error) => adapter.onError(error)))
  return adapter
}

function adapterFactory() {
  const factory = new PrismaPg(connection ?? {})
  const connect = factory.connect.bind(factory)
  factory.connect = async () => mended(await connect())
  factory.connectToShadowDb = async () => {
    const database = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
    const main = await factory.connect()
    await main.executeScript(`CREATE DATABASE ${quoted(database)} TEMPLATE template0`)
    const shadow = mended(await new PrismaPg({ ...connection, database }).connect())
    const close = shadow.dispose.bind(shadow)
    // adapter-pg drops the database before its own pool is closed, which fails and leaves it behind.
    shadow.dispose = async () => {
      await close()
      await main.executeScript(`DROP DATABASE IF EXISTS ${quoted(database)} WITH (FORCE)`)
      await main.dispose()
    }
    return shadow
  }
  return bindMigrationAwareSqlAdapterFactory(factory)
}

let panic = null
async function loadEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => { panic = message } }
  const glue = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bindings = await import(glue)
  const binary = readFileSync(path.join(path.dirname(glue), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  const datamodels = options.datamodels?.map((file) => [file, readFileSync(file, 'utf8')])
  return bindings.SchemaEngine.new({ datamodels }, () => {}, adapterFactory())
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)

async function answer(engine, id, method, params) {
  switch (method) {
    case 'getDatabaseVersion':
      return engine.version(params)
    case 'createDatabase':
      await createDatabase()
      return { databaseName: connection.database }
    case 'dropDatabase':
      await dropDatabase()
      return {}
    case 'diff': {
      const { exitCode, stdout } = await engine.diff({ ...params, shadowDatabaseUrl: params.shadowDatabaseUrl ?? null })
      // The native engine prints through a request of its own.
      if (stdout != null) send({ id: 9000 + id, method: 'print', params: { content: stdout } })
      return { exitCode, stdout: null }
    }
    default:
      return (await engine[method](params)) ?? {}
  }
}

async function serve() {
  carryCatalogueTypes()
  const engine = await loadEngine()
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue
    const { id, method, params } = JSON.parse(line)
    if (!method) continue
    try {
      send({ id, result: await answer(engine, id, method, params) })
    } catch (error) {
      const data = { is_panic: panic !== null, message: panic ?? error.message, backtrace: null, meta: error.meta, error_code: error.code }
      send({ id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } })
    }
  }
  process.exit(0)
}

await (positionals[0] === 'cli' ? oneShot(positionals[1]) : serve().catch(fail))
