'use client'
import { useEffect, useRef, type RefObject } from 'react'
import { setMarks } from '@/components/charts/export-svg'

/** Lets a figure save the whole drawing: the axes as they stand, and under them as marks what the canvas shows as pixels. */
export function useDrawing(marks: (svg: SVGSVGElement) => string): RefObject<SVGSVGElement | null> {
  const ref = useRef<SVGSVGElement>(null)
  useEffect(() => {
    const svg = ref.current
    if (!svg) return undefined
    setMarks(svg, () => marks(svg))
    return () => setMarks(svg, null)
  })
  return ref
}
