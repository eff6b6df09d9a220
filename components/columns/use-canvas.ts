'use client'
import { useEffect, useRef, type RefObject } from 'react'

/** A canvas that is drawn anew when what it shows changes, sharp on any screen. `draw` may go on over several frames and answers how to stop it. */
export function useCanvas(width: number, height: number, draw: (context: CanvasRenderingContext2D, canvas: HTMLCanvasElement) => (() => void) | void): RefObject<HTMLCanvasElement | null> {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const canvas = ref.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context) return undefined
    const scale = window.devicePixelRatio || 1
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    context.setTransform(scale, 0, 0, scale, 0, 0)
    let stop: (() => void) | void
    // After the frame that the change itself is painted in: a key or a drag never waits for the drawing.
    let timer: ReturnType<typeof setTimeout>
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => {
        stop = draw(context, canvas)
      })
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
      stop?.()
    }
  }, [width, height, draw])
  return ref
}
