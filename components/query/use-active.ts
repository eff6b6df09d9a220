'use client'
import { useCallback, useState } from 'react'

/** The row looked at; none as soon as there are other answers. */
export function useActive(columns: object): readonly [number, (row: number) => void] {
  const [chosen, setChosen] = useState<{ readonly of: object; readonly row: number } | null>(null)
  const choose = useCallback((row: number) => setChosen({ of: columns, row }), [columns])
  return [chosen?.of === columns ? chosen.row : -1, choose]
}
