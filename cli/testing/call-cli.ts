import { compiledEntry } from '../../tools/compiled-command.mjs'
import type { CliResult } from './run-cli'

type Main = (argv: readonly string[]) => Promise<void>
let loaded: Promise<Main> | null = null

/** The compiled command, as a process of its own would load it, loaded once. */
async function load(): Promise<Main> {
  process.stdout.setMaxListeners(0)
  const { main } = (await import(/* @vite-ignore */ await compiledEntry('main'))) as { main: Main }
  return main
}

/**
 * Runs the compiled command in this process, one call at a time: a process of its own takes half a second of a core to start. Its exit code is what it
 * would have ended with. What only a process shows (standard input, signals, a crash, the end itself) takes `runCli`.
 */
export async function callCli(args: readonly string[], options: { env?: Record<string, string> } = {}): Promise<CliResult> {
  const main = await (loaded ??= load())
  const before = { ...process.env }
  const [out, err] = [take(process.stdout), take(process.stderr)]
  process.exitCode = undefined
  try {
    Object.assign(process.env, options.env)
    await main(args)
    return { code: Number(process.exitCode ?? 0), stdout: out.text(), stderr: err.text() }
  } finally {
    process.exitCode = undefined
    out.giveBack()
    err.giveBack()
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  }
}

/** Keeps what is written to a stream of this process, until it is given back. */
function take(stream: NodeJS.WriteStream): { text(): string; giveBack(): void } {
  const own = stream.write
  const parts: Buffer[] = []
  stream.write = ((part: string | Uint8Array, ...more: unknown[]): boolean => {
    parts.push(Buffer.from(part as string))
    const done = more.find((one) => typeof one === 'function') as (() => void) | undefined
    if (done) queueMicrotask(done)
    return true
  }) as typeof stream.write
  return { text: () => Buffer.concat(parts).toString('utf8'), giveBack: () => { stream.write = own } }
}
