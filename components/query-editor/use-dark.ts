import { useSyncExternalStore } from 'react'

const SYSTEM = '(prefers-color-scheme: dark)'

/** Whether the page is dark: as <html> says by class or `data-theme`, else as the system prefers. */
export function useDark(): boolean {
  return useSyncExternalStore(watch, isDark, () => false)
}

function isDark(): boolean {
  const { classList, dataset } = document.documentElement
  if (classList.contains('dark') || dataset.theme === 'dark') return true
  if (classList.contains('light') || dataset.theme === 'light') return false
  return window.matchMedia(SYSTEM).matches
}

function watch(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'data-theme'] })
  const system = window.matchMedia(SYSTEM)
  system.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    system.removeEventListener('change', changed)
  }
}
