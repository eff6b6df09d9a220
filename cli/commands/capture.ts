import { Command } from 'commander'
import { wholeNumber } from '../arguments'
import type { CaptureArguments } from './capture/arguments'

/** `auditweave capture`: plays campaigns on a test cluster and writes the labelled log of it. */
export function captureCommand(): Command {
  return new Command('capture')
    .description('Plays scripted actions on a test cluster under names of its own, collects the audit log, and writes it with its labels. Cleans up after itself. See docs/capture.md.')
    .option('--kubeconfig <file>', 'how the cluster is reached')
    .option('--context <name>', 'the context of the kubeconfig; its current context is never taken')
    .option('--campaign <files...>', 'what is done: campaigns, YAML or JSON (see campaigns/)')
    .option('--scene <names...>', 'only these scenes of the campaigns')
    .option('-o, --output <folder>', 'folder for the data set, new or empty (default: capture-DATE)')
    .option('--audit <file>', 'the log that kube-apiserver writes (--audit-log-path), as this machine sees it')
    .option('--receive <address>', 'HOST:PORT to listen on for kube-apiserver\'s audit webhook; beyond this machine it asks AUDITWEAVE_RECEIVE_TOKEN')
    .option('--tls-cert <file>', 'certificate, PEM: with --tls-key the webhook is received over HTTPS')
    .option('--tls-key <file>', 'its private key, PEM')
    .option('--dry-run', 'print the plan, touch nothing')
    .option('--seed <n>', 'names follow from it; the same seed plans the same (default: by chance)', wholeNumber(0))
    .option('--concurrency <n>', 'campaigns that run at the same time', wholeNumber(1), 1)
    .option('--clean', 'remove what an earlier capture left, and do nothing else')
    .option('--campaign-id <id>', 'the campaign to remove, as that capture told it')
    .option('--keep-secrets', 'keep the contents of Secrets, ConfigMaps and tokens instead of redacting them')
    .option('--yes', 'do not ask')
    .option('--json', 'figures, or the plan, as JSON')
    .action(async (options: CaptureArguments) => {
      const { runCapture } = await import('./capture/run')
      await runCapture(options)
    })
}
