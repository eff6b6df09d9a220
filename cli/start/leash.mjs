// Preloaded into a child process: ends it when the process that started it is gone, even by kill -9.
if (process.channel) {
  process.once('disconnect', () => process.exit(0))
  // Being on the leash must not keep a finished child alive.
  process.channel.unref()
}
