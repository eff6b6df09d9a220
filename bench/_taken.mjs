/** What this process has taken since it began. */
export function taken() {
  const { user, system } = process.cpuUsage()
  return { seconds: performance.now() / 1000, processor: (user + system) / 1e6, peakBytes: process.resourceUsage().maxRSS * 1024 }
}
