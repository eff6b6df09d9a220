import { Command } from 'commander'
import { wholeNumber } from '../arguments'
import type { ReceiveOptions } from '../start/receive'

/** `auditweave receive`: an audit webhook back end for kube-apiserver. */
export function receiveCommand(): Command {
  return new Command('receive')
    .description('Receives audit events from kube-apiserver (--audit-webhook-config-file) and keeps each once, as JSON lines that every other command reads. See docs/receive.md.')
    .option('--host <address>', 'where it listens; beyond this machine it needs a token or client certificates', '127.0.0.1')
    .option('--port <n>', 'its port; 0 takes a free one', wholeNumber(0), 8085)
    .option('--folder <folder>', 'where events are kept (default: live/ in the data folder)')
    .option('--token-file <file>', 'holds the bearer token that is asked (default: AUDITWEAVE_RECEIVE_TOKEN)')
    .option('--tls-cert <file>', 'certificate, PEM; with --tls-key it speaks HTTPS')
    .option('--tls-key <file>', 'its private key, PEM')
    .option('--client-ca <file>', 'only clients with a certificate of this authority, PEM')
    .option('--keep-secrets', 'keep the contents of Secrets, ConfigMaps and tokens instead of redacting them')
    .option('--max-body <bytes>', 'largest batch', wholeNumber(1024), 16 << 20)
    .action(async (options: ReceiveOptions) => {
      const { receive } = await import('../start/receive')
      await receive(options)
    })
}
