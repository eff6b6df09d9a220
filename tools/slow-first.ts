import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take longest on two cores, the longest first; as measured by `.ci/run`. */
const SLOW = [
  'lib/jobs/worker.test.ts', 'cli/experiment-run.test.ts', 'lib/model/linked/generalisation.test.ts', 'cli/capture.test.ts', 'lib/jobs/launch-limits.test.ts', 'lib/jobs/growth.test.ts',
  'cli/hostile-commands.test.ts', 'cli/secrets.test.ts', 'cli/query.test.ts', 'lib/jobs/load-split.test.ts', 'lib/query/property.test.ts', 'cli/bad-input.test.ts', 'lib/jobs/suggesting/suggesting.test.ts', 'lib/engine/determinism.test.ts',
  'lib/experiments/linked-cache.test.ts', 'lib/experiments/execute-run.test.ts', 'lib/capture/capture.test.ts', 'lib/receive/inbox.test.ts', 'cli/receive.test.ts', 'cli/start/recovery.test.ts', 'cli/reconstruct.test.ts',
]

/** Begins with the slow files: one that is left to the end keeps a core idle. A fresh clone remembers no durations. */
export default class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = SLOW.indexOf(relative(this.ctx.config.root, moduleId))
      return at < 0 ? SLOW.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}
