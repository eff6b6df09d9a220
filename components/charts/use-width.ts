'use client'
import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Width of an element in pixels, followed as it changes: a drawing that is scaled to fit would scale its letters too. */
export function useWidth<T extends Element>(first: number): readonly [RefObject<T | null>, number] {
  const ref = useRef<T>(null)
  const [width, setWidth] = useState(first)
  useLayoutEffect(() => {
    if (!ref.current) return undefined
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(320, Math.round(entry.contentRect.width))))
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [])
  return [ref, width]
}
