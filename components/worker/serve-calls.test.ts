import { describe, expect, it } from 'vitest'
import { paced } from './serve-calls'

describe('news of progress', () => {
  it('are passed on now and then, at once where they are of something new, always where they must', () => {
    let now = 0
    const passed: string[] = []
    const tell = paced<string>((news) => (news === 'epoch' ? null : (news[0] ?? '')), (news) => passed.push(news), () => now)
    for (const [at, news] of [[0, 'a1'], [10, 'a2'], [20, 'epoch'], [30, 'epoch'], [40, 'a3'], [50, 'b1'], [120, 'b2'], [140, 'b3']] as const) {
      now = at
      tell(news)
    }
    expect(passed).toEqual(['a1', 'epoch', 'epoch', 'b1', 'b3'])
  })
})
