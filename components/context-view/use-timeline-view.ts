'use client'
import { useCallback, useMemo } from 'react'
import type { TimeScale } from '@/lib/contexts/view/time-scale'
import { panned, zoomed } from '@/lib/contexts/view/timeline-marks'
import type { ChangeState, ViewState } from './view-state'

export interface Zoom { readonly from: number; readonly to: number }

/** What part of the axis is in view, kept in the address as milliseconds, so that it stays when the scale changes. */
export function useTimelineView(scale: TimeScale, zoom: ViewState['zoom'], change: ChangeState): { view: Zoom; set: (next: (now: Zoom) => Zoom) => void; zoomBy: (factor: number, about?: number) => void; panBy: (share: number) => void; fit: () => void } {
  const view = useMemo((): Zoom => (zoom === null ? { from: 0, to: 1 } : inside({ from: scale.place(zoom.from), to: scale.place(zoom.to) })), [scale, zoom])
  const set = useCallback((next: (now: Zoom) => Zoom) => change((state) => {
    const now = state.zoom === null ? { from: 0, to: 1 } : inside({ from: scale.place(state.zoom.from), to: scale.place(state.zoom.to) })
    const then = next(now)
    if (then.from <= 0 && then.to >= 1) return state.zoom === null ? state : { ...state, zoom: null }
    return { ...state, zoom: { from: exact(scale.time(then.from)), to: exact(scale.time(then.to)) } }
  }), [scale, change])
  const zoomBy = useCallback((factor: number, about?: number) => set((now) => zoomed(now, factor, about ?? (now.from + now.to) / 2)), [set])
  const panBy = useCallback((share: number) => set((now) => panned(now, share * (now.to - now.from))), [set])
  const fit = useCallback(() => change((state) => ({ ...state, zoom: null })), [change])
  return { view, set, zoomBy, panBy, fit }
}

/** Addresses may hold anything. */
function inside({ from, to }: Zoom): Zoom {
  return from < to ? panned({ from, to }, 0) : { from: 0, to: 1 }
}

/** A microsecond is the log's own precision; nothing finer belongs in an address. */
const exact = (ms: number): number => Math.round(ms * 1e4) / 1e4
