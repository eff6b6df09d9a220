import { Command } from 'commander'
import { wholeNumber } from '../arguments'

interface Options {
  host?: string
  port?: number
  worker: boolean
  receivePort?: number
  receiveHost: string
  receiveTokenFile?: string
  receiveTlsCert?: string
  receiveTlsKey?: string
  alertWebhook?: string
}

/** `auditweave start`: the database, a worker and the web application, until Ctrl-C. */
export function startCommand(): Command {
  return new Command('start')
    .description('Starts the database, a worker and the web application, and prints the address.')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1; any other needs AUDITWEAVE_TOKEN)')
    .option('--port <port>', 'port of the web application (default: 3000, or the next free one)', wholeNumber(1))
    .option('--no-worker', 'serves pages only; workers elsewhere take the runs')
    .option('--receive-port <port>', 'also receives audit events of a cluster there, and shows them at /live (see docs/live.md)', wholeNumber(1))
    .option('--receive-host <address>', 'where events are received; beyond this machine only with a token', '127.0.0.1')
    .option('--receive-token-file <file>', 'holds the bearer token that kube-apiserver sends (default: AUDITWEAVE_RECEIVE_TOKEN)')
    .option('--receive-tls-cert <file>', 'certificate, PEM; with --receive-tls-key events come over HTTPS')
    .option('--receive-tls-key <file>', 'its private key, PEM')
    .option('--alert-webhook <address>', 'where alerts are posted as JSON (default: AUDITWEAVE_ALERT_WEBHOOK)')
    .action(async ({ receivePort: port, receiveHost, receiveTokenFile, receiveTlsCert, receiveTlsKey, ...rest }: Options) => {
      const { startApplication } = await import('../start/start')
      const files = { ...(receiveTokenFile ? { tokenFile: receiveTokenFile } : {}), ...(receiveTlsCert ? { tlsCert: receiveTlsCert } : {}), ...(receiveTlsKey ? { tlsKey: receiveTlsKey } : {}) }
      await startApplication({ ...rest, ...(port === undefined ? {} : { receive: { host: receiveHost, port, ...files } }) })
    })
}
