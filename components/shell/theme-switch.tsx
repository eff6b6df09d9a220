'use client'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { useKey } from '@/components/keys/use-key'
import { THEMES, type Theme } from './theme'

const ICONS = { light: Sun, dark: Moon, system: Monitor }
const NAMES = { light: 'Light', dark: 'Dark', system: 'As the system' }

/** Kept in a cookie, so that the server draws the first picture in the chosen colours. */
function applyTheme(theme: Theme): void {
  document.cookie = `auditweave_theme=${theme}; path=/; max-age=31536000; samesite=lax`
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial)
  const choose = (next: Theme): void => {
    setTheme(next)
    applyTheme(next)
  }
  useKey('t', 'Next theme: light, dark, as the system', 'Everywhere', () => choose(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'))
  const Icon = ICONS[theme]
  return (
    <Menu trigger={<Button tone="quiet" size="icon" aria-label={`Theme: ${NAMES[theme]}`} title={`Theme: ${NAMES[theme].toLowerCase()} (t)`}><Icon /></Button>}>
      {THEMES.map((name) => {
        const Sign = ICONS[name]
        return <MenuItem key={name} onSelect={() => choose(name)}><Sign aria-hidden />{NAMES[name]}</MenuItem>
      })}
    </Menu>
  )
}
