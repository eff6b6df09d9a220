import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { getExperiment, listExperiments } from './catalogue'

test('every file of experiments/ is an experiment by its name', () => {
  const files = readdirSync(new URL('../../experiments', import.meta.url)).map((file) => file.replace(/\.ts$/, ''))
  expect(listExperiments().map(({ name }) => name).sort()).toEqual(files.sort())
  expect(() => getExperiment('nothing')).toThrow(/There is no experiment "nothing". Those there are: /)
})
