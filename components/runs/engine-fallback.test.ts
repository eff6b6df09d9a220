import { expect, test } from 'vitest'
import { fellBack } from './engine-fallback'

test('a fallback is told only of an engine asked for by name', () => {
  expect(fellBack('tensorflow', 'wasm, FMA, 2 threads')).toBe(true)
  expect(fellBack('tensorflow', 'tensorflow, 2 threads')).toBe(false)
  expect(fellBack('auto', 'wasm, FMA, 2 threads')).toBe(false)
  expect(fellBack(undefined, 'wasm, FMA, 2 threads')).toBe(false)
})
