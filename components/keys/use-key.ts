'use client'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { keyRegistry, type KeyBinding } from './key-registry'

/** Binds keys while mounted and enabled; they show up in the help sheet. */
export function useKey(keys: string, label: string, group: string, run: (event: KeyboardEvent) => void, options: { always?: boolean; enabled?: boolean } = {}): void {
  const latest = useEffectEvent(run)
  const { always = false, enabled = true } = options
  useEffect(() => (enabled ? keyRegistry.add({ keys, label, group, always, run: (event) => latest(event) }) : undefined), [keys, label, group, always, enabled])
}

const NONE: readonly KeyBinding[] = []

export function useBindings(): readonly KeyBinding[] {
  return useSyncExternalStore(keyRegistry.subscribe, keyRegistry.list, () => NONE)
}

const never = (): (() => void) => () => undefined

export function useIsMac(): boolean {
  return useSyncExternalStore(never, () => /mac|iphone|ipad/i.test(navigator.userAgent), () => false)
}
