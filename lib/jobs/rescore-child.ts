import { closeDatabase } from '@/lib/store/database'
import { openChildChannel } from './child-channel'
import { rescore } from './rescore'

// A process of its own, as scoring takes a second or more of a core: bin/child.mjs rescore-child RECONSTRUCTION_ID

openChildChannel()
try {
  await rescore(process.argv[2] ?? '')
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
await closeDatabase().catch(() => {})
process.exit()
