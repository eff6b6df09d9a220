import { describe, expect, it, vi } from 'vitest'
import { keyName, KeyRegistry, keyText } from './key-registry'

const press = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, preventDefault: () => undefined, ...more }) as KeyboardEvent

describe('keys', () => {
  it('names what was pressed', () => {
    expect(keyName(press('k', { ctrlKey: true }))).toBe('mod+k')
    expect(keyName(press('?', { shiftKey: true }))).toBe('?')
    expect(keyName(press('Z', { ctrlKey: true, shiftKey: true }))).toBe('mod+shift+z')
    expect(keyName(press('Enter', { shiftKey: true }))).toBe('shift+Enter')
  })
  it('writes keys as keyboards do', () => {
    expect(keyText('mod+k', false)).toBe('Ctrl K')
    expect(keyText('mod+k', true)).toBe('⌘K')
    expect(keyText('g h', false)).toBe('g h')
    expect([' ', 'shift+ArrowDown', 'ArrowUp'].map((keys) => keyText(keys, false))).toEqual(['Space', 'Shift ↓', '↑'])
  })
  it('runs sequences, the later of two bindings, and nothing while typing unless asked', () => {
    const keys = new KeyRegistry()
    const [home, early, late, palette] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()]
    keys.add({ keys: 'g h', label: '', group: '', run: home })
    keys.add({ keys: 'x', label: '', group: '', run: early })
    const remove = keys.add({ keys: 'x', label: '', group: '', run: late })
    keys.add({ keys: 'mod+k', label: '', group: '', run: palette, always: true })
    keys.press(press('g'), false, 0)
    keys.press(press('h'), false, 500)
    keys.press(press('x'), false, 600)
    remove()
    keys.press(press('x'), false, 700)
    keys.press(press('x'), true, 800)
    keys.press(press('k', { metaKey: true }), true, 900)
    expect([home, early, late, palette].map((f) => f.mock.calls.length)).toEqual([1, 1, 1, 1])
  })
  it('forgets a sequence that comes too late', () => {
    const keys = new KeyRegistry()
    const home = vi.fn()
    keys.add({ keys: 'g h', label: '', group: '', run: home })
    keys.press(press('g'), false, 0)
    keys.press(press('h'), false, 5000)
    expect(home).not.toHaveBeenCalled()
  })
})
