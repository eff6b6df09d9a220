/** Names as people say them: "node-2", "deployment-controller", "sa payments:deployer". */
export function shortUser(user: string | null): string {
  if (!user) return 'nobody'
  const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(user)
  if (account) return account[1] === 'kube-system' ? (account[2] ?? user) : `sa ${account[1]}:${account[2]}`
  return user.replace(/^system:(?:node:)?/, '')
}
