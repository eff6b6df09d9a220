import { readFile } from 'node:fs/promises'
import { AuditweaveError } from '@/lib/audit/errors'
import type { LogPlace } from '@/lib/capture/collect/source.node.ts'
import { readEnv } from '@/lib/store/env'
import { isLoopback } from '../../start/access'

export interface CaptureArguments {
  readonly kubeconfig?: string
  readonly context?: string
  readonly campaign?: readonly string[]
  readonly scene?: readonly string[]
  readonly output?: string
  readonly audit?: string
  readonly receive?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly dryRun?: boolean
  readonly seed?: number
  readonly concurrency: number
  readonly clean?: boolean
  readonly campaignId?: string
  readonly keepSecrets?: boolean
  readonly yes?: boolean
  readonly json?: boolean
}

/** The cluster as named: neither $KUBECONFIG nor a current context stands in. @throws AuditweaveError 'wrong-use' */
export function clusterOf({ kubeconfig, context }: CaptureArguments): { readonly kubeconfig: string; readonly context: string } {
  if (!kubeconfig) throw wrongUse('Name the kubeconfig of the test cluster with --kubeconfig.')
  if (!context) throw wrongUse('Name the context of the test cluster with --context: a capture makes, changes and removes objects, so that the current context is never taken.')
  return { kubeconfig, context }
}

/** Where the audit log comes from. @throws AuditweaveError 'wrong-use', 'cannot-read' */
export async function logPlaceOf({ audit, receive, tlsCert, tlsKey }: CaptureArguments): Promise<LogPlace> {
  if ((audit === undefined) === (receive === undefined)) throw wrongUse('Say where the audit log comes from: either --audit FILE or --receive HOST:PORT.')
  if (audit !== undefined) return { kind: 'file', file: audit }
  const [, host = '', port = ''] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(receive ?? '')?.map((part) => part ?? '').filter((part, i) => i === 0 || part !== '') ?? []
  if (host === '' || Number(port) > 65_535) throw wrongUse(`"${receive}" is no address: write HOST:PORT, such as 127.0.0.1:8085.`)
  const token = readEnv().AUDITWEAVE_RECEIVE_TOKEN ?? null
  if (token === null && !isLoopback(host)) throw wrongUse(`On ${host} anybody could send events: set AUDITWEAVE_RECEIVE_TOKEN, or listen on 127.0.0.1.`)
  if ((tlsCert === undefined) !== (tlsKey === undefined)) throw wrongUse('HTTPS needs both --tls-cert and --tls-key.')
  const tls = tlsCert && tlsKey ? { tls: { cert: await fileOf(tlsCert), key: await fileOf(tlsKey) } } : {}
  return { kind: 'receive', host, port: Number(port), token, ...tls }
}

export async function fileOf(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new AuditweaveError('cannot-read', `${file} could not be read (${error.code ?? 'unknown'}).`, { cause: error })
  })
}

export function wrongUse(message: string): AuditweaveError {
  return new AuditweaveError('wrong-use', message)
}
