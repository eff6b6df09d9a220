/** The use cases in the order of the paper, the last one ours. */
export const CASES = [
  {
    name: 'malfunctioning-component', title: 'A malfunctioning component', short: 'Malfunction',
    problem: 'A cluster looks healthy, and a component stands still: its credential is no longer taken, and each time it asks for the lease by which it is elected it is refused. In the log that is one refused request among thousands, again and again.',
  },
  {
    name: 'false-alarms', title: 'False alarms', short: 'False alarms',
    problem: 'Rules that look at one request at a time cannot tell what someone did from what the control plane did for them. One Helm install sets off an alert for every account, token and webhook it brings, and the one request that matters drowns.',
  },
  {
    name: 'detection-evasion', title: 'Evading detection', short: 'Evasion',
    problem: 'Someone with a valid credential stays below every single alarm: a pod with the rights of its node, a command through the kubelet instead of exec, a container added to a running pod, a binding that looks like monitoring, events deleted at the end.',
  },
  {
    name: 'stolen-token', title: 'A stolen service-account token', short: 'Stolen token',
    problem: 'A service account’s token works from anywhere. Whoever took one probes what it may do, starts something of their own, and every request bears a name that nobody thinks of as a person.',
  },
] as const

export type CaseName = (typeof CASES)[number]['name']
