'use client'
import { useEffect } from 'react'
import type { ColumnTable } from '@/components/columns/column'
import { ranksOf } from '@/components/columns/order'
import { searchTexts } from './runs-in-view'

/** Works out sort keys and search texts while nobody waits, a column at a time: the first sort or key typed then finds them. */
export function useWarmTable(table: ColumnTable): void {
  useEffect(() => {
    const columns = [...table.columns.values()]
    let next = -1
    let timer: ReturnType<typeof setTimeout>
    const step = (): void => {
      const column = columns[next]
      if (next < 0) searchTexts(table)
      else if (column) ranksOf(column)
      next++
      if (next < columns.length) timer = setTimeout(step, 4)
    }
    timer = setTimeout(step, 100)
    return () => clearTimeout(timer)
  }, [table])
}
