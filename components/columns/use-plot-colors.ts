'use client'
import { useEffect, useState, type RefObject } from 'react'

/** Which theme the page stands in, followed as it changes. */
export function useTheme(): 'light' | 'dark' {
  const [theme, setTheme] = useState<'light' | 'dark'>('light')
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const read = (): void => {
      const chosen = document.documentElement.dataset.theme
      setTheme(chosen === 'dark' || (chosen !== 'light' && dark.matches) ? 'dark' : 'light')
    }
    read()
    dark.addEventListener('change', read)
    const observer = new MutationObserver(read)
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      dark.removeEventListener('change', read)
      observer.disconnect()
    }
  }, [])
  return theme
}

/** A colour as a canvas takes it: variables of the theme are looked up where they are used. */
export function resolveColor(ref: RefObject<HTMLElement | null> | HTMLElement, color: string): string {
  const element = ref instanceof HTMLElement ? ref : ref.current
  if (!element || !color.startsWith('var(')) return color
  const probe = document.createElement('span')
  probe.style.color = color
  element.append(probe)
  const resolved = getComputedStyle(probe).color
  probe.remove()
  return resolved
}
