import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { KubeConfig, User } from '@kubernetes/client-node'
import { AuditweaveError } from '@/lib/audit/errors'
import type { Scrubber } from './scrubber'

/** A cluster as a kubeconfig names it. */
export interface ClusterAddress {
  readonly config: KubeConfig
  readonly context: string
  /** Scheme, host and path; nothing that says who we are. */
  readonly server: URL
}

/**
 * Reads one context of a kubeconfig. Its current context is never taken: the one meant must be named. What it holds is in no message.
 * @throws AuditweaveError 'cannot-read', 'bad-kubeconfig', 'no-such-context'
 */
export async function readKubeconfig(file: string, context: string, scrubber: Scrubber): Promise<ClusterAddress> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AuditweaveError('cannot-read', `${file} could not be read (${error.code ?? 'unknown'}): name a kubeconfig with --kubeconfig.`)
  })
  const { KubeConfig } = await import('@kubernetes/client-node')
  const config = new KubeConfig()
  try {
    config.loadFromString(text)
    config.makePathsAbsolute(path.dirname(file))
  } catch (error) {
    // a YAML error quotes the line it stumbled over, which may be a token
    const line = (error as { mark?: { line?: number } }).mark?.line
    throw new AuditweaveError('bad-kubeconfig', `${file} is no kubeconfig${line === undefined ? '' : `: its line ${line + 1} cannot be read`}.`)
  }
  const names = config.getContexts().map(({ name }) => name)
  if (!names.includes(context)) throw new AuditweaveError('no-such-context', `${file} has no context "${context}". It has: ${names.join(', ') || 'none'}.`)
  config.setCurrentContext(context)
  learnSecrets(config.getCurrentUser(), scrubber)
  return { config, context, server: serverOf(config, file) }
}

function serverOf(config: KubeConfig, file: string): URL {
  const cluster = config.getCurrentCluster()
  const server = URL.canParse(cluster?.server ?? '') ? new URL(cluster?.server ?? '') : null
  if (!cluster || !server || !/^https?:$/.test(server.protocol) || server.username !== '' || server.password !== '') throw new AuditweaveError('bad-kubeconfig', `${file}: the context names no cluster with an http or https address.`)
  return server
}

function learnSecrets(user: User | null, scrubber: Scrubber): void {
  if (!user) return
  scrubber.add(user.token)
  scrubber.add(user.password)
  for (const data of [user.keyData, user.certData]) {
    scrubber.add(data)
    scrubber.addPem(data === undefined ? null : Buffer.from(data, 'base64').toString('utf8'))
  }
  const provider = user.authProvider as { config?: Record<string, unknown> } | undefined
  for (const value of Object.values(provider?.config ?? {})) if (typeof value === 'string') scrubber.add(value)
}
