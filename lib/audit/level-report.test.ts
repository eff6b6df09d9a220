import { expect, test } from 'vitest'
import { formatLevelReport, levelReport } from './level-report'

test('levels come fullest first, with their share and cost', () => {
  const report = levelReport({ Metadata: 25, RequestResponse: 75 })
  expect(report.levels.map(level => [level.level, level.events, level.share])).toEqual([['RequestResponse', 75, 0.75], ['Metadata', 25, 0.25]])
  expect(report.levels[1]?.cost).toMatch(/^25 events have no bodies: owner, uid and involvedObject links cannot be read from them/)
  expect(formatLevelReport(report)[0]).toMatch(/^RequestResponse {3}75\.0% {2}75 events have request and response bodies/)
  expect(report.summary).toMatch(/^75\.0% of the events have both bodies/)
})

test('whole, bare and empty logs say so', () => {
  expect(levelReport({ RequestResponse: 3 }).summary).toBe('Every event has both bodies: nothing is lost.')
  expect(levelReport({ Metadata: 3, unknown: 1 }).summary).toMatch(/^No event has a response body\./)
  expect(levelReport({}).summary).toBe('There are no events, so there is no level to report.')
  expect(formatLevelReport(levelReport({ RequestResponse: 100_000, Metadata: 1 })).join('\n')).toMatch(/>99\.9%[^]*<0\.1%/)
})
