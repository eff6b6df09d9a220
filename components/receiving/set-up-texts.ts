/** How to start with a receiver that a cluster can reach. */
export const START = `export AUDITWEAVE_RECEIVE_TOKEN=$(openssl rand -hex 24)
npx auditweave start --receive-port 8085 --receive-host 0.0.0.0 --receive-tls-cert cert.pem --receive-tls-key key.pem`

export const FLAGS: readonly { readonly flag: string; readonly value: string; readonly why: string }[] = [
  { flag: '--audit-policy-file', value: '/etc/kubernetes/audit/policy.yaml', why: 'What is logged at all.' },
  { flag: '--audit-webhook-config-file', value: '/etc/kubernetes/audit/webhook.yaml', why: 'Where to.' },
  { flag: '--audit-webhook-mode', value: 'batch', why: 'Requests do not wait for us; with blocking they do.' },
  { flag: '--audit-webhook-batch-max-size', value: '400', why: 'A batch must stay below 16 MiB; lower it where bodies are large.' },
  { flag: '--audit-webhook-batch-max-wait', value: '5s', why: 'How soon events come; 30s is the default.' },
  { flag: '--audit-webhook-batch-buffer-size', value: '10000', why: 'What overflows is lost without a word: the API server counts it in apiserver_audit_error_total.' },
  { flag: '--audit-webhook-initial-backoff', value: '10s', why: 'How soon a refused batch comes again.' },
]

export const KUBECONFIG = `apiVersion: v1
kind: Config
clusters:
- name: auditweave
  cluster: {server: "https://auditweave.example:8085/audit", certificate-authority: /etc/kubernetes/audit/ca.pem}
users:
- name: apiserver
  user: {token: "the value of AUDITWEAVE_RECEIVE_TOKEN"}
contexts:
- name: audit
  context: {cluster: auditweave, user: apiserver}
current-context: audit
`

export const POLICY = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: Metadata
  resources: [{group: "", resources: [secrets, configmaps]}, {group: authentication.k8s.io, resources: [tokenreviews]}]
- level: None
  nonResourceURLs: ["/healthz*", "/livez*", "/readyz*", "/metrics", "/version"]
- level: RequestResponse
`

/** Of docs/figures/level/report.md, method linked; a test holds them to it. */
export const LEVELS: readonly { readonly form: string; readonly what: string; readonly lines: string; readonly bCubed: string; readonly labels: string }[] = [
  { form: 'logged', what: 'RequestResponse', lines: '5,543', bCubed: '0.9992', labels: '1.0000' },
  { form: 'request', what: 'Request', lines: '5,543', bCubed: '0.9992', labels: '1.0000' },
  { form: 'metadata', what: 'Metadata', lines: '5,543', bCubed: '0.9939', labels: '0.9983' },
  { form: 'writes', what: 'RequestResponse, reads left out', lines: '3,483', bCubed: '0.9994', labels: '1.0000' },
  { form: 'metadata-writes', what: 'Metadata, reads left out', lines: '3,483', bCubed: '0.9934', labels: '0.9972' },
]
